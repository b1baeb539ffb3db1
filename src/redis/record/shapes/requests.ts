import { z } from 'zod';
import type { Batch } from '../../../domain/requests/batch.ts';
import type { CameBack, Lookout } from '../../../domain/requests/lookout.ts';
import type { Delay, DisconnectRequest, Unasked, Waiting } from '../../../domain/requests/request.ts';
import type { NotSentReason, Withheld } from '../../../domain/requests/withheld.ts';
import { exactly } from '../exactly.ts';
import { instant, text, version } from './fields.ts';
import { failureShape } from './hosts.ts';
import { sessionShape } from './sessions.ts';

const decided = { by: text.exactOptional(), via: text.exactOptional(), decidedAt: instant };
const delay = { since: instant, failure: failureShape, nextTryAt: instant };
const delayShape = exactly<Delay>()(z.object(delay));
const isSaid = z.boolean();
const waitingShape = exactly<Waiting>()(
  z.discriminatedUnion('for', [
    z.object({ ...delay, for: z.enum(['reading', 'call']), isSaid }),
    z.object({
      for: z.literal('right'),
      since: instant,
      nextTryAt: instant,
      missingScope: text.exactOptional(),
      isSaid,
    }),
  ]),
);
const waiting = waitingShape.exactOptional();
const withheldShapes = [
  z.object({ is: z.literal('hourly-limit'), maxPerHour: z.number() }),
  z.object({ is: z.literal(['switched-off', 'approval-required', 'right-unknown']) }),
  z.object({
    is: z.literal('right-lost'),
    whose: z.enum(['requester', 'approver']),
    because: z.enum(['not-named', 'unsure', 'guest', 'elsewhere', 'deactivated', 'bot']),
  }),
  z.object({
    is: z.literal('not-second'),
    because: z.enum([
      'own-request',
      'perhaps-own-request',
      'own-session',
      'perhaps-own-session',
      'owner-unknown',
    ]),
  }),
] as const;
const withheldShape = exactly<Withheld>()(z.discriminatedUnion('is', withheldShapes));
const notSentShape = exactly<NotSentReason>()(
  z.discriminatedUnion('is', [
    z.object({ is: z.literal('ended-by-itself'), checkedAt: instant }),
    z.object({ is: z.literal('changed'), change: z.enum(['other-start', 'other-machine', 'other-login']) }),
    z.object({ is: z.literal('too-late') }),
    z.object({ is: z.literal(['unread', 'not-taken']), failure: failureShape }),
    ...withheldShapes,
  ]),
);

const sent = {
  ...decided,
  sentAt: instant,
  calls: z.literal([1, 2]),
  again: delayShape.exactOptional(),
  named: z.int().exactOptional(),
  uncalled: z.array(text).exactOptional(),
  withheld: withheldShape.exactOptional(),
};

const lookoutShape = exactly<Lookout>()(z.object({ nextLookAt: instant, until: instant }));
const cameBackShape = exactly<CameBack>()(z.object({ ref: text, session: sessionShape }));

const unaskedShape = exactly<Unasked>()(
  z.object({ since: instant, code: text, until: instant.exactOptional() }),
);

const overtakenShape = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ended-by-itself'), checkedAt: instant }),
  z.object({ is: z.literal(['lost', 'host-forgotten']) }),
]);

export const requestShape = exactly<DisconnectRequest>()(
  z.object({
    id: text,
    version,
    ref: text,
    session: sessionShape,
    others: z.array(z.object({ ref: text, session: sessionShape })).exactOptional(),
    hostName: text,
    requester: text,
    requesterIds: z.array(text).exactOptional(),
    owner: text.exactOptional(),
    askedVia: text.exactOptional(),
    reason: text,
    askedAt: instant,
    expiresAt: instant,
    batchId: text.exactOptional(),
    unasked: unaskedShape.exactOptional(),
    state: z.discriminatedUnion('is', [
      z.object({ is: z.literal('pending') }),
      z.object({ is: z.literal(['denied', 'cancelled']), by: text, at: instant }),
      z.object({ is: z.literal('expired'), at: instant }),
      z.object({ is: z.literal('overtaken'), at: instant, why: overtakenShape }),
      z.object({ is: z.literal('approved'), waiting, ...decided }),
      z.object({ is: z.literal('sending'), waiting, ...sent }),
      z.object({
        is: z.literal('gone'),
        checkedAt: instant,
        lookout: lookoutShape.exactOptional(),
        cameBack: cameBackShape.exactOptional(),
        ...sent,
      }),
      z.object({
        is: z.literal('still-there'),
        checkedAt: instant,
        left: z.int().exactOptional(),
        ...sent,
      }),
      z.object({ is: z.literal(['unproven', 'refused']), at: instant, failure: failureShape, ...sent }),
      z.object({ is: z.literal('not-sent'), at: instant, why: notSentShape, ...decided }),
    ]),
  }),
);

export const batchShape = exactly<Batch>()(
  z.object({
    id: text,
    requester: text,
    requesterIds: z.array(text).exactOptional(),
    reason: text,
    askedAt: instant,
    expiresAt: instant,
    requestIds: z.array(text),
  }),
);
