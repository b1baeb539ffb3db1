import { describe, expect, it } from '@jest/globals';
import { aRequest, minute, noon } from '../support/build.ts';
import { excuseFor } from './explained.ts';

const decided = { by: 'U0LEAD1', decidedAt: noon };
const tooLate = aRequest({
  state: { is: 'not-sent', at: noon + 5 * minute, why: { is: 'too-late' }, ...decided },
});
const step = (what: 'approved' | 'not-sent', storedAt: number) => ({
  storedAt,
  entry: { at: storedAt, by: 'U0LEAD1', what: `disconnect-${what}`, requestId: tooLate.id } as const,
});
const circumstances = {
  ledger: { away: [] },
  trail: [step('approved', noon), step('not-sent', noon + 1000)],
};
const right = { steps: [{ at: noon - minute, offsetMs: 0 }] };

describe('a request that was approved and came too late', () => {
  it('is explained by a clock that was put forward', () => {
    const ahead = { steps: [...right.steps, { at: noon, offsetMs: 4 * minute }] };
    expect(excuseFor(tooLate, { ...circumstances, clocks: [right, ahead] })).toBe('clock');
  });

  it('has no excuse while the clocks were right, or apart by less than it waits', () => {
    const near = { steps: [...right.steps, { at: noon, offsetMs: minute }] };
    expect(excuseFor(tooLate, { ...circumstances, clocks: [right, right] })).toBeUndefined();
    expect(excuseFor(tooLate, { ...circumstances, clocks: [right, near] })).toBeUndefined();
  });
});
