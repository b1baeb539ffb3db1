import { z } from 'zod';
import type { Alert } from '../../../domain/alerts/alert.ts';
import type { Silence } from '../../../domain/alerts/silence.ts';
import { exactly } from '../exactly.ts';
import { reading } from '../stored-words.ts';
import { instant, text, version } from './fields.ts';
import { failureShape } from './hosts.ts';
import { lostReasonShape, sessionShape } from './sessions.ts';

const acknowledgement = { by: text, at: instant };
const snooze = {
  by: text,
  at: instant,
  until: instant,
  reason: text,
  acknowledged: z.object(acknowledgement).exactOptional(),
};

const handlingShape = z.discriminatedUnion('is', [
  z.object({ is: z.literal('unattended') }),
  z.object({ is: z.literal('acknowledged'), ...acknowledgement }),
  z.object({ is: z.literal(['snoozed', 'woken']), ...snooze }),
]);

const stepShape = z.discriminatedUnion('did', [
  z.object({ did: z.literal(['acknowledged', 'unacknowledged', 'unsnoozed']), by: text, at: instant }),
  z.object({ did: z.literal('snoozed'), by: text, at: instant, until: instant, reason: text }),
  z.object({ did: z.literal('woken'), at: instant }),
]);

const limitShape = z.object({ name: text, warnAfterMs: z.number() });

export const alertShape = exactly<Alert>()(
  z.object({
    id: text,
    version,
    ref: text,
    session: sessionShape,
    hostId: text,
    hostName: text,
    rule: limitShape,
    alike: z.int().exactOptional(),
    raisedAt: instant,
    seenAt: instant,
    state: z.discriminatedUnion('is', [
      z.object({ is: z.literal(['open', 'unconfirmed']) }),
      z.object({ is: z.literal('ended'), checkedAt: instant }),
      z.object({ is: z.literal('lost'), at: instant, why: lostReasonShape }),
      z.object({ is: z.literal('lifted'), at: instant, limit: limitShape.exactOptional() }),
    ]),
    handling: handlingShape.default({ is: 'unattended' }),
    steps: z.array(stepShape).default([]),
  }),
);

export const silenceShape = exactly<Silence>()(
  z.object({
    id: text,
    version,
    hostId: text,
    hostName: text,
    since: instant,
    readAt: instant.exactOptional(),
    sessions: z.int(),
    failure: failureShape,
    provisioningState: text.exactOptional(),
    outageId: text.exactOptional(),
    tellsFrom: instant.exactOptional(),
    state: reading(
      z.discriminatedUnion('is', [
        z.object({ is: z.literal('no-data') }),
        z.object({ is: z.literal('data-again'), readAt: instant }),
        z.object({ is: z.literal(['host-gone', 'no-longer-polled', 'unsupported']), at: instant }),
      ]),
    ),
  }),
);
