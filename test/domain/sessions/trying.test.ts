import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Failing } from '../../../src/domain/sessions/host-state.ts';
import { triedForMs } from '../../../src/domain/sessions/trying.ts';
import { hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const everyMs = minute;
const day = 24 * hour;
const failing: Failing = { since: noon, failure: { kind: 'timed-out' }, triedForMs: hour };
const after = (gapMs: number, before = failing) => triedForMs(before, noon, { now: noon + gapMs, everyMs });

describe('the time for which a host was tried in vain', () => {
  it.each([
    ['an interval', minute, hour + minute],
    ['three, as a poll may be late', 3 * minute, hour + 3 * minute],
    ['a day in which the bot was off', day, hour + 3 * minute],
    ['a step back of the clock', -hour, hour],
  ])('grows by what lies between two readings: %s', (_, gapMs, expected) => {
    expect(after(gapMs)).toBe(expected);
  });

  it('counts a wait that Azure asked for', () => {
    const held: Failing = { since: noon, failure: { kind: 'throttled', retryAt: noon + hour } };
    expect(after(hour, held)).toBe(hour);
    expect(after(day, held)).toBe(hour + 3 * minute);
  });

  it('begins with the first reading that failed', () => {
    expect(triedForMs({ since: noon, failure: { kind: 'busy' } }, undefined, { now: noon, everyMs })).toBe(0);
  });

  it('never goes down, and never exceeds the time that has passed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * day }), { maxLength: 30 }), (gaps) => {
        let at = noon;
        let tried = 0;
        for (const gap of gaps) {
          const grown = triedForMs({ ...failing, triedForMs: tried }, at, { now: at + gap, everyMs });
          expect(grown).toBeGreaterThanOrEqual(tried);
          tried = grown;
          at += gap;
        }
        expect(tried).toBeLessThanOrEqual(at - noon);
      }),
      runs(100),
    );
  });
});
