import { describe, expect, it } from '@jest/globals';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { nextStepAt, hasComeBack, isSettled } from '../../../src/domain/requests/phases.ts';
import { aRequest, noon } from '../../support/build.ts';

const decided = { decidedAt: noon + 1 };
const sent = { ...decided, sentAt: noon + 2, calls: 1 } as const;
const failure = { kind: 'locked' } as const;
const waiting = { since: noon, failure, nextTryAt: noon + 9, for: 'reading', isSaid: false } as const;

describe('a request that is not settled', () => {
  it.each<[RequestState, number]>([
    [{ is: 'pending' }, aRequest().expiresAt],
    [{ is: 'approved', ...decided }, noon + 1],
    [{ is: 'approved', ...decided, waiting }, noon + 9],
    [{ is: 'sending', ...sent }, noon + 2],
  ])('the next step of %j is at %d', (state, at) => {
    expect(isSettled(aRequest({ state }))).toBe(false);
    expect(nextStepAt(aRequest({ state }))).toBe(at);
  });
});

describe('a settled request', () => {
  it('is due while it is looked who comes back, and holds its session no longer', () => {
    const lookout = { nextLookAt: noon + 5000, until: noon + 60_000 };
    const request = aRequest({ state: { is: 'gone', ...sent, checkedAt: noon, lookout } });
    expect(isSettled(request)).toBe(true);
    expect(nextStepAt(request)).toBe(noon + 5000);
    expect(hasComeBack(request)).toBe(false);
  });

  it.each<RequestState>([
    { is: 'denied', by: 'U0BOSS', at: noon },
    { is: 'cancelled', by: 'U0ASKER', at: noon },
    { is: 'expired', at: noon },
    { is: 'overtaken', at: noon, why: { is: 'ended-by-itself', checkedAt: noon } },
    { is: 'gone', ...sent, checkedAt: noon },
    { is: 'still-there', ...sent, checkedAt: noon },
    { is: 'unproven', ...sent, at: noon, failure },
    { is: 'refused', ...sent, at: noon, failure },
    { is: 'not-sent', ...decided, at: noon, why: { is: 'switched-off' } },
  ])('needs no attention: $is', (state) => {
    expect(isSettled(aRequest({ state }))).toBe(true);
    expect(nextStepAt(aRequest({ state }))).toBeUndefined();
  });
});
