import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, double, integer, property } from 'fast-check';
import { untilRenewalMs, untilRetryMs } from '../../src/redis/renewal-times.ts';

const hourMs = 3_600_000;
const chance = double({ min: 0, max: 1, noNaN: true });

describe('when a token for Redis is renewed', () => {
  it('is with a fifth of its life left or more, at another moment in each replica', () => {
    expect(untilRenewalMs({ lifeMs: hourMs, isNew: true, chance: 0 })).toBe(0.65 * hourMs);
    expect(untilRenewalMs({ lifeMs: hourMs, isNew: true, chance: 1 })).toBe(0.8 * hourMs);
  });

  it('comes round before the end, however long a cache hands out the same one', () => {
    assert(
      property(integer({ min: 600_000, max: 24 * hourMs }), chance, (lifeMs, each) => {
        let left = lifeMs;
        for (let isNew = true; left > 300_000; isNew = false) {
          left -= untilRenewalMs({ lifeMs: left, isNew, chance: each });
        }
        // What Microsoft's libraries keep until five minutes before its end.
        expect(left).toBeGreaterThan(60_000);
      }),
    );
  });

  it('never comes in a rush, whatever this clock says of it', () => {
    assert(
      property(
        double({ min: -1e15, max: 1e15, noNaN: true }),
        constantFrom(true, false),
        chance,
        (lifeMs, isNew, each) => {
          const untilMs = untilRenewalMs({ lifeMs, isNew, chance: each });
          expect(untilMs).toBeGreaterThanOrEqual(1000);
          expect(untilMs).toBeLessThanOrEqual(6 * hourMs);
        },
      ),
    );
  });

  it('is tried again ever later where none is given, up to a minute', () => {
    expect([1, 2, 3, 7, 100].map((inVain) => untilRetryMs(inVain, 1))).toEqual([
      1000, 2000, 4000, 60_000, 60_000,
    ]);
    expect(untilRetryMs(1, 0)).toBe(500);
  });
});
