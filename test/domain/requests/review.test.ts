import { describe, expect, it } from '@jest/globals';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import type { MayOwn, ReviewVerb } from '../../../src/domain/requests/review.ts';
import { expire, isRepeated, review as reviewBy } from '../../../src/domain/requests/review.ts';
import { aPolicy, aRequest, minute, noon } from '../../support/build.ts';
import { eachTheirOwn, identities } from '../../support/identities.ts';

const policy = aPolicy().disconnect;
const request = aRequest({ owner: 'U0OWNER' });
const review = (
  asked: DisconnectRequest,
  verb: ReviewVerb,
  by: string,
  inForce: typeof policy,
  now: number,
  mayOwn?: MayOwn,
) =>
  reviewBy(
    asked,
    { verb, by: { id: by, known: eachTheirOwn, ...(mayOwn && { mayOwn }) } },
    { policy: inForce, now },
  );
const click = (verb: ReviewVerb, by: string, now = noon + 1, inForce = policy) =>
  review(request, verb, by, inForce, now);
const refused = (because: string) => ({ accepted: false, because });

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

describe('a request whose owner Slack cannot name now', () => {
  const unknown = new Set(['request-1']);
  const click = (verb: ReviewVerb, inForce = policy, ids = unknown) =>
    review(aRequest(), verb, 'U0BOSS', inForce, noon, { possible: new Set(), unknown: ids });

  it('cannot be approved, for it may be the approver’s own session, but denied', () => {
    expect(click('approve')).toEqual(refused('owner-unknown'));
    expect(click('deny')).toMatchObject({ accepted: true });
    expect(click('approve', policy, new Set(['request-2']))).toMatchObject({ accepted: true });
    expect(click('approve', { ...policy, ownerMayApprove: true })).toMatchObject({ accepted: true });
  });
});

describe('a request for a session that may be the approver’s own', () => {
  const mayOwn = { possible: new Set(['request-1']), unknown: new Set<string>() };
  const click = (verb: ReviewVerb, inForce = policy) =>
    review(aRequest(), verb, 'U0BOSS', inForce, noon, mayOwn);

  it('is not approved by them, but may be denied', () => {
    expect(click('approve')).toEqual(refused('perhaps-own-session'));
    expect(click('deny')).toMatchObject({ accepted: true });
  });

  it('is approved where owners may', () => {
    expect(click('approve', { ...policy, ownerMayApprove: true })).toMatchObject({ accepted: true });
  });

  it('is approved where it is another request', () => {
    const other = review(aRequest({ id: 'request-2' }), 'approve', 'U0BOSS', policy, noon, mayOwn);
    expect(other).toMatchObject({ accepted: true });
  });
});

describe('a click that comes again', () => {
  const decided = { by: 'U0BOSS', decidedAt: noon };
  const sent = { ...decided, sentAt: noon, calls: 1 } as const;
  const verbs = ['approve', 'deny', 'cancel'] as const;
  const nobody = { id: 'U0NOBODY', known: eachTheirOwn };

  it.each<[RequestState, ReviewVerb | undefined]>([
    [{ is: 'pending' }, undefined],
    [{ is: 'expired', at: noon }, undefined],
    [{ is: 'overtaken', at: noon, why: { is: 'lost' } }, undefined],
    [{ is: 'denied', by: 'U0BOSS', at: noon }, 'deny'],
    [{ is: 'cancelled', by: 'U0BOSS', at: noon }, 'cancel'],
    [{ is: 'approved', ...decided }, 'approve'],
    [{ is: 'gone', ...sent, checkedAt: noon }, 'approve'],
    [{ is: 'sending', ...decided, by: 'U0OTHER', sentAt: noon, calls: 1 }, undefined],
  ])('finds what it did itself: %j', (state, own) => {
    const repeated = verbs.filter((verb) =>
      isRepeated(aRequest({ state }), { verb, by: { id: 'U0BOSS', known: eachTheirOwn } }),
    );
    expect(repeated).toEqual(own === undefined ? [] : [own]);
    expect(verbs.some((verb) => isRepeated(aRequest({ state }), { verb, by: nobody }))).toBe(false);
  });
});

describe('somebody with two ids', () => {
  const known = identities(['U0ASKER', 'W0ASKER'], ['U0OWNER', 'W0OWNER'], ['U0BOSS', 'W0BOSS']);
  const click = (verb: ReviewVerb, id: string, state: RequestState = { is: 'pending' }, ids = known) =>
    reviewBy({ ...request, state }, { verb, by: { id, known: ids } }, { policy, now: noon });

  it.each([
    ['approve', 'W0ASKER', 'own-request'],
    ['deny', 'W0ASKER', 'own-request'],
    ['approve', 'W0OWNER', 'own-session'],
    ['cancel', 'W0BOSS', 'not-the-requester'],
  ] as const)('is refused to %s as %s', (verb, id, because) => {
    expect(click(verb, id)).toEqual(refused(because));
  });

  it('cancels their own request under either, and a colleague approves under either', () => {
    expect(click('cancel', 'W0ASKER')).toMatchObject({ next: { state: { by: 'W0ASKER' } } });
    expect(click('approve', 'W0BOSS')).toMatchObject({ next: { state: { by: 'W0BOSS' } } });
  });

  it('may be the same person where Slack cannot say, and has no right then', () => {
    const unknown = identities(['U0ASKER', 'W0ASKER'], ['U0OWNER', 'W0OWNER']);
    for (const verb of ['approve', 'deny', 'cancel'] as const) {
      expect(click(verb, 'U0BOSS', { is: 'pending' }, unknown)).toEqual(refused('perhaps-own-request'));
    }
    const ownerUnknown = identities(['U0ASKER', 'W0ASKER'], ['U0BOSS', 'W0BOSS']);
    expect(click('approve', 'U0BOSS', { is: 'pending' }, ownerUnknown)).toEqual(refused('owner-unknown'));
    expect(click('deny', 'U0BOSS', { is: 'pending' }, ownerUnknown)).toMatchObject({ accepted: true });
  });

  it('finds what they did under the other id', () => {
    const approved = aRequest({ state: { is: 'approved', by: 'U0BOSS', decidedAt: noon } });
    const by = { id: 'W0BOSS', known };
    expect(isRepeated(approved, { verb: 'approve', by })).toBe(true);
    expect(isRepeated(approved, { verb: 'approve', by: { id: 'W0BOSS', known: identities() } })).toBe(false);
  });
});

describe('an approval', () => {
  it('keeps by what of the policy it was given', () => {
    const by = { id: 'U0BOSS', known: eachTheirOwn, via: 'S0LEADS' };
    const decision = reviewBy(request, { verb: 'approve', by }, { policy, now: noon });
    expect(decision).toMatchObject({ next: { state: { by: 'U0BOSS', via: 'S0LEADS' } } });
  });
});
