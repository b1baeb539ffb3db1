import { describe, expect, it } from '@jest/globals';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { ReviewVerb } from '../../../src/domain/requests/second.ts';
import { isRepeated, review as reviewBy } from '../../../src/domain/requests/review.ts';
import { aRequest, noon } from '../../support/build.ts';
import { eachTheirOwn, identities } from '../../support/identities.ts';
import { policy, refused, request, review } from './reviewed.ts';

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
