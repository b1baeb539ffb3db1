import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { afterCommand, commandLimit } from '../../../src/domain/people/haste.ts';
import { noon } from '../../support/build.ts';

const { atOnce, everyMs } = commandLimit;

/** How many of the commands at these moments are carried out. */
function carriedOut(moments: readonly number[]): number {
  let usedUntil = 0;
  let count = 0;
  for (const at of moments) {
    const after = afterCommand(usedUntil, at);
    if (after === undefined) continue;
    usedUntil = after;
    count += 1;
  }
  return count;
}

describe('commands of one person', () => {
  it('are carried out thirty at once, and then ten a second', () => {
    expect(carriedOut(Array.from({ length: 100 }, () => noon))).toBe(30);
    const forTenSeconds = Array.from({ length: 1000 }, (_, index) => noon + index * 10);
    expect(carriedOut(forTenSeconds)).toBe(30 + 99);
  });

  it('are all carried out at the pace of a person', () => {
    const gaps = fc.array(fc.integer({ min: everyMs, max: 60_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (waits) => {
        let at = noon;
        const moments = waits.map((wait) => (at += wait));
        expect(carriedOut(moments)).toBe(moments.length);
      }),
    );
  });

  it('are carried out within ten seconds, wherever the clock was put', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * noon }), (usedUntil) => {
        const isCarriedOut = (at: number) => afterCommand(usedUntil, at) !== undefined;
        expect(isCarriedOut(noon) || isCarriedOut(noon + atOnce * everyMs)).toBe(true);
      }),
    );
  });
});
