import { describe, expect, it } from '@jest/globals';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { expire, review as reviewBy } from '../../../src/domain/requests/review.ts';
import { aRequest, minute, noon } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';
import { click, policy, refused, request, review } from './reviewed.ts';

describe('a pending request', () => {
  it('is approved by a colleague', () => {
    const state = { is: 'approved', by: 'U0BOSS', decidedAt: noon + 1 };
    expect(click('approve', 'U0BOSS')).toEqual({ accepted: true, next: { ...request, state } });
  });

  it.each(['U0BOSS', 'U0OWNER'])('is denied by a colleague: %s', (by) => {
    const state = { is: 'denied', by, at: noon + 1 };
    expect(click('deny', by)).toEqual({ accepted: true, next: { ...request, state } });
  });

  it('is cancelled by the requester', () => {
    const state = { is: 'cancelled', by: 'U0ASKER', at: noon + 1 };
    expect(click('cancel', 'U0ASKER')).toEqual({ accepted: true, next: { ...request, state } });
  });

  it.each([
    ['approve', 'U0ASKER', 'own-request'],
    ['deny', 'U0ASKER', 'own-request'],
    ['approve', 'U0OWNER', 'own-session'],
    ['cancel', 'U0BOSS', 'not-the-requester'],
    ['cancel', 'U0OWNER', 'not-the-requester'],
  ] as const)('refuses to %s for %s', (verb, by, because) => {
    expect(click(verb, by)).toEqual(refused(because));
  });

  it('is approved by the owner where the policy says so, but never by the requester', () => {
    const lenient = { ...policy, ownerMayApprove: true };
    expect(click('approve', 'U0OWNER', noon, lenient)).toMatchObject({ accepted: true });
    const own = aRequest({ owner: 'U0ASKER' });
    expect(review(own, 'approve', 'U0ASKER', lenient, noon)).toEqual(refused('own-request'));
  });

  it.each(['approve', 'deny', 'cancel'] as const)('runs out of time: %s', (verb) => {
    const by = verb === 'cancel' ? 'U0ASKER' : 'U0BOSS';
    expect(click(verb, by, request.expiresAt - 1)).toMatchObject({ accepted: true });
    expect(click(verb, by, request.expiresAt)).toEqual(refused('already-decided'));
    expect(click(verb, by, request.expiresAt + 1)).toEqual(refused('already-decided'));
  });
});

describe('a decided request', () => {
  const decided = { by: 'U0BOSS', decidedAt: noon };
  const sent = { ...decided, sentAt: noon, calls: 1 } as const;
  it.each<RequestState>([
    { is: 'approved', ...decided },
    { is: 'denied', by: 'U0BOSS', at: noon },
    { is: 'cancelled', by: 'U0ASKER', at: noon },
    { is: 'expired', at: noon },
    { is: 'overtaken', at: noon, why: { is: 'ended-by-itself', checkedAt: noon } },
    { is: 'sending', ...sent },
    { is: 'gone', ...sent, checkedAt: noon },
    { is: 'not-sent', ...decided, at: noon, why: { is: 'switched-off' } },
  ])('is not decided again: $is', (state) => {
    const settled = aRequest({ state });
    for (const [verb, by] of [
      ['approve', 'U0LEAD'],
      ['deny', 'U0LEAD'],
      ['cancel', 'U0ASKER'],
    ] as const) {
      expect(review(settled, verb, by, policy, noon + 1)).toEqual(refused('already-decided'));
    }
    expect(expire(settled, settled.expiresAt + minute)).toBeUndefined();
  });
});

describe('a request that waits for Azure', () => {
  const failure = { kind: 'busy' } as const;
  const waiting = { since: noon, failure, nextTryAt: noon + minute, for: 'call', isSaid: false } as const;
  const decided = { by: 'U0BOSS', decidedAt: noon };
  const waits = aRequest({ state: { is: 'approved', ...decided, waiting } });

  it('is cancelled by the requester alone, whatever the time', () => {
    for (const now of [noon + 1, waits.expiresAt + 1]) {
      const state = { is: 'cancelled', by: 'U0ASKER', at: now };
      expect(review(waits, 'cancel', 'U0ASKER', policy, now)).toEqual({
        accepted: true,
        next: { ...waits, state },
      });
      expect(review(waits, 'cancel', 'U0BOSS', policy, now)).toEqual(refused('not-the-requester'));
    }
  });

  it.each(['approve', 'deny'] as const)('is not decided again: %s', (verb) => {
    expect(review(waits, verb, 'U0LEAD', policy, noon + 1)).toEqual(refused('already-decided'));
  });

  it('is not cancelled while a try is under way', () => {
    const tried = aRequest({ state: { is: 'sending', ...decided, sentAt: noon, calls: 1, waiting } });
    expect(review(tried, 'cancel', 'U0ASKER', policy, noon + 1)).toEqual(refused('already-decided'));
  });
});

describe('expire', () => {
  it.each([-1, 0, 1])('by time: %d ms after', (after) => {
    const now = request.expiresAt + after;
    const expired = after < 0 ? undefined : { ...request, state: { is: 'expired', at: now } };
    expect(expire(request, now)).toEqual(expired);
  });
});

describe('an approval', () => {
  it('keeps by what of the policy it was given', () => {
    const by = { id: 'U0BOSS', known: eachTheirOwn, via: 'S0LEADS' };
    const decision = reviewBy(request, { verb: 'approve', by }, { policy, now: noon });
    expect(decision).toMatchObject({ next: { state: { by: 'U0BOSS', via: 'S0LEADS' } } });
  });
});
