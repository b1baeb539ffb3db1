import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { batchVersion, reviewBatch, tellsRequester } from '../../../src/domain/requests/batch.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { isSettled } from '../../../src/domain/requests/phases.ts';
import type { ReviewVerb } from '../../../src/domain/requests/second.ts';
import { review } from '../../../src/domain/requests/review.ts';
import { aPolicy, aRequest, minute, noon } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';
import { runs } from '../../support/runs.ts';

const policy = aPolicy().disconnect;
const denied: RequestState = { is: 'denied', by: 'U0BOSS', at: noon };
const cancelled: RequestState = { is: 'cancelled', by: 'U0ASKER', at: noon };
const members = (...states: readonly RequestState[]) =>
  states.map((state, index) => aRequest({ id: `request-${index}`, version: index + 1, state }));
const pending: RequestState = { is: 'pending' };

describe('a batch', () => {
  it('is at the sum of the versions of its members', () => {
    expect(batchVersion(members(pending, pending, denied))).toBe(6);
    expect(batchVersion([])).toBe(0);
  });

  it.each<[string, boolean, readonly RequestState[]]>([
    ['not while one is open', false, [denied, pending]],
    ['once all are settled', true, [denied, denied]],
    ['not of what they cancelled themselves', false, [cancelled, cancelled]],
    ['of what was decided before they cancelled the rest', true, [cancelled, denied]],
  ])('tells the requester %s', (_when, tells, states) => {
    expect(tellsRequester(members(...states))).toBe(tells);
  });
});

describe('a click on the card of a batch', () => {
  const click = (all: readonly DisconnectRequest[], verb: ReviewVerb, by: string, now = noon) =>
    reviewBatch(all, { verb, by: { id: by, known: eachTheirOwn } }, { policy, now });

  it('decides every member that is pending, and no other', () => {
    const all = members(pending, denied, pending);
    expect(click(all, 'approve', 'U0LEAD')).toEqual({
      accepted: true,
      next: [all[0], all[2]].map((one) => ({
        ...one,
        state: { is: 'approved', by: 'U0LEAD', decidedAt: noon },
      })),
    });
  });

  it.each([
    ['approve', 'U0ASKER', 'own-request'],
    ['deny', 'U0ASKER', 'own-request'],
    ['cancel', 'U0BOSS', 'not-the-requester'],
  ] as const)('is refused to %s for %s', (verb, by, because) => {
    expect(click(members(pending, denied), verb, by)).toEqual({ accepted: false, because });
  });

  it('is refused to approve for the owner of any of the sessions', () => {
    const [first, second = aRequest()] = members(pending, pending);
    const all = [first ?? aRequest(), { ...second, owner: 'U0OWNER' }];
    expect(click(all, 'approve', 'U0OWNER')).toEqual({ accepted: false, because: 'own-session' });
    expect(click(all, 'deny', 'U0OWNER')).toMatchObject({ accepted: true });
    const owner = { verb: 'approve', by: { id: 'U0OWNER', known: eachTheirOwn } } as const;
    const lenient = { ...policy, ownerMayApprove: true };
    expect(reviewBatch(all, owner, { policy: lenient, now: noon })).toMatchObject({ accepted: true });
  });

  it('is too late once nothing is pending or the time is over, but not for who decided it so', () => {
    expect(click(members(denied, denied), 'deny', 'U0LEAD')).toMatchObject({ because: 'already-decided' });
    expect(click(members(denied, denied), 'deny', 'U0BOSS')).toMatchObject({ because: 'repeated' });
    expect(click(members(pending), 'deny', 'U0LEAD', noon + 30 * minute)).toMatchObject({
      because: 'already-decided',
    });
  });

  it('never decides what the same click on a card of its own would not', () => {
    const some = fc.record({
      owner: fc.constantFrom('U0OWNER', 'U0BOSS'),
      state: fc.constantFrom<RequestState>(pending, denied, cancelled),
    });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 6 }),
        fc.constantFrom<ReviewVerb>('approve', 'deny', 'cancel'),
        fc.constantFrom('U0ASKER', 'U0OWNER', 'U0BOSS'),
        (fields, verb, by) => {
          const all = fields.map((one, index) => aRequest({ id: `request-${index}`, ...one }));
          const outcome = click(all, verb, by);
          const next = outcome.accepted ? outcome.next : [];
          for (const decided of next) {
            const before = all.find(({ id }) => id === decided.id) ?? decided;
            const alone = review(
              before,
              { verb, by: { id: by, known: eachTheirOwn } },
              { policy, now: noon },
            );
            expect(alone).toEqual({ accepted: true, next: decided });
          }
          const left = all.filter(({ id }) => !next.some((decided) => decided.id === id));
          expect(left.every(isSettled)).toBe(outcome.accepted || all.every(isSettled));
        },
      ),
      runs(100),
    );
  });
});
