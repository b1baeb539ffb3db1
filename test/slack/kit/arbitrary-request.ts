import * as fc from 'fast-check';
import type { GoneRequest } from '../../../src/domain/requests/gone.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { aRequest, noon } from '../../support/build.ts';
import { failure, foreignText, instant, session } from './arbitrary-facts.ts';

const decided = fc.constantFrom({ decidedAt: noon }, { decidedAt: noon, by: 'U0BOSS' });

const sending = fc
  .tuple(decided, fc.constantFrom(1 as const, 2 as const))
  .map(([by, calls]) => ({ ...by, calls, sentAt: noon }));

const waiting = fc.oneof(
  fc.record({
    since: instant,
    failure,
    nextTryAt: instant,
    for: fc.constantFrom('reading' as const, 'call' as const),
    isSaid: fc.boolean(),
  }),
  fc.record(
    {
      since: instant,
      nextTryAt: instant,
      for: fc.constant('right' as const),
      missingScope: fc.constant('users:read'),
      isSaid: fc.boolean(),
    },
    { requiredKeys: ['since', 'nextTryAt', 'for', 'isSaid'] },
  ),
);

const requestState: fc.Arbitrary<DisconnectRequest['state']> = fc.oneof(
  fc.constant({ is: 'pending' as const }),
  fc.record({ is: fc.constantFrom('denied', 'cancelled'), by: fc.constant('U0BOSS'), at: instant }),
  fc.record({ is: fc.constant('expired' as const), at: instant }),
  fc
    .tuple(
      instant,
      fc.oneof(
        fc.record({ is: fc.constant('ended-by-itself' as const), checkedAt: instant }),
        fc.record({ is: fc.constantFrom('lost' as const, 'host-forgotten' as const) }),
      ),
    )
    .map(([at, why]) => ({ is: 'overtaken' as const, at, why })),
  decided.map((by) => ({ is: 'approved' as const, ...by })),
  fc.tuple(decided, waiting).map(([by, waits]) => ({ is: 'approved' as const, ...by, waiting: waits })),
  sending.map((sent) => ({ is: 'sending' as const, ...sent })),
  fc
    .tuple(fc.constantFrom('gone', 'still-there'), sending, instant)
    .map(([is, sent, checkedAt]) => ({ is, ...sent, checkedAt })),
  fc
    .tuple(sending, instant, fc.record({ ref: fc.uuid(), session }))
    .map(([sent, checkedAt, cameBack]) => ({ is: 'gone' as const, ...sent, checkedAt, cameBack })),
  fc
    .tuple(fc.constantFrom('unproven', 'refused'), sending, failure, instant)
    .map(([is, sent, why, at]) => ({ is, ...sent, failure: why, at })),
  fc
    .tuple(
      decided,
      fc.oneof(
        fc.record({ is: fc.constant('ended-by-itself' as const), checkedAt: instant }),
        fc.record({
          is: fc.constant('changed' as const),
          change: fc.constantFrom('other-start', 'other-machine', 'other-login'),
        }),
        fc.record({ is: fc.constant('hourly-limit' as const), maxPerHour: fc.nat() }),
        fc.record({ is: fc.constantFrom('switched-off', 'too-late', 'approval-required', 'right-unknown') }),
        fc.record({
          is: fc.constant('right-lost' as const),
          whose: fc.constantFrom('requester', 'approver'),
          because: fc.constantFrom('not-named', 'guest', 'deactivated'),
        }),
        fc.record({
          is: fc.constant('not-second' as const),
          because: fc.constantFrom('own-request', 'own-session', 'perhaps-own-session', 'owner-unknown'),
        }),
        fc.record({ is: fc.constantFrom('unread' as const, 'not-taken' as const), failure }),
      ),
    )
    .map(([by, why]) => ({ is: 'not-sent' as const, ...by, at: noon, why })),
);

const unasked = fc.record(
  {
    since: instant,
    code: fc.constantFrom('is_archived', 'channel_not_found', 'shared-channel', 'what_nobody_knows'),
    until: instant,
  },
  { requiredKeys: ['since', 'code'] },
);

export const request: fc.Arbitrary<DisconnectRequest> = fc
  .record(
    {
      session,
      hostName: foreignText,
      reason: foreignText,
      owner: fc.constant('U0OWNER'),
      unasked,
      state: requestState,
    },
    { requiredKeys: ['session', 'hostName', 'reason', 'state'] },
  )
  .map((overrides) => aRequest(overrides));

export const goneRequest: fc.Arbitrary<GoneRequest> = fc
  .tuple(request, sending, instant)
  .map(([one, sent, checkedAt]) => ({ ...one, state: { is: 'gone', ...sent, checkedAt } }));
