import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import { stepMs } from '../../../src/azure/arm/pace.ts';
import { retryAfterMs } from '../../../src/azure/arm/retry-after.ts';
import type { Haste } from '../../../src/ports/bastion.ts';

function steps(haste: Haste, untilMs: number): readonly number[] {
  const taken: number[] = [];
  for (let waitedMs = 0; waitedMs < untilMs; waitedMs += taken.at(-1) ?? 0) {
    taken.push(stepMs(haste, waitedMs, undefined));
  }
  return taken;
}

describe('the pace of asking', () => {
  it('is a tenth of a second for two seconds when somebody waits, then grows to a second', () => {
    const taken = steps('waiting', 60_000);
    expect(taken.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 100));
    expect(taken).toEqual(taken.toSorted((a, b) => a - b));
    expect(taken.at(-1)).toBe(1000);
  });

  it('grows in the background, where an operation of a minute is asked about a dozen times', () => {
    const taken = steps('background', 60_000);
    expect(taken).toEqual(taken.toSorted((a, b) => a - b));
    expect(taken.length).toBeLessThan(25);
  });

  it('is the word of the server in the background only, and within limits', () => {
    expect(stepMs('background', 0, 10_000)).toBe(10_000);
    expect(stepMs('background', 0, 600_000)).toBe(60_000);
    expect(stepMs('background', 0, 0)).toBe(250);
    expect(stepMs('waiting', 0, 10_000)).toBe(100);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 2, 9, 0, 0);

  it.each<[string, number | undefined]>([
    ['7', 7000],
    ['0.5', 500],
    ['Fri, 02 Jan 2026 09:00:30 GMT', 30_000],
    ['Fri, 02 Jan 2026 08:59:30 GMT', 0],
    ['99999999', 3_600_000],
    ['soon', undefined],
    ['', undefined],
  ])('of "%s" is %p ms', (value, ms) => {
    expect(retryAfterMs(createHttpHeaders({ 'retry-after': value }), now)).toBe(ms);
  });
});
