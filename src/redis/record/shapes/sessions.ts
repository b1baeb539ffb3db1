import { z } from 'zod';
import type { HostState, TrackedSession } from '../../../domain/sessions/host-state.ts';
import type { Origin } from '../../../domain/sessions/origin.ts';
import type { Session } from '../../../domain/sessions/session.ts';
import { exactly } from '../exactly.ts';
import { reading } from '../stored-words.ts';
import { instant, text, version } from './fields.ts';
import { failureShape } from './hosts.ts';

const candidateShape = z.object({
  entraUser: text.exactOptional(),
  clientAddress: text.exactOptional(),
  userAgent: text.exactOptional(),
  tunnelId: text.exactOptional(),
});

export const originShape = exactly<Origin>()(
  z.object({
    known: z.enum(['exact', 'likely', 'one-of']),
    candidates: z.array(candidateShape),
    isSoFar: z.boolean(),
  }),
);

export const sessionShape = exactly<Session>()(
  z.object({
    hostId: text,
    sessionId: text,
    startedAt: instant,
    startedAtFrom: z.enum(['given', 'duration', 'reading']),
    vm: z.object({ name: text, resourceId: text.exactOptional(), address: text.exactOptional() }),
    vmLogin: text,
    protocol: text,
    resourceType: text.exactOptional(),
    clientAddress: text.exactOptional(),
    origin: originShape.exactOptional(),
  }),
);

export const trackedSessionShape = exactly<TrackedSession>()(
  z.object({
    ref: text,
    session: sessionShape,
    alertId: text.exactOptional(),
    liftedAlertId: text.exactOptional(),
    lostAt: instant.exactOptional(),
  }),
);

export const lostReasonShape = reading(z.enum(['host-gone', 'unknown-too-long', 'no-longer-polled']));

/** `edition` changes whenever a tracked session does. */
export type StoredHostState = Omit<HostState, 'host' | 'trackedSessions' | 'lost'> & {
  readonly edition: string;
};

export const hostStateShape = exactly<StoredHostState>()(
  reading(
    z.object({
      version,
      lastCounter: z.int(),
      triedAt: instant.exactOptional(),
      readAt: instant.exactOptional(),
      failing: z
        .object({
          since: instant,
          failure: failureShape,
          triedForMs: z.number().exactOptional(),
          goneSince: instant.exactOptional(),
        })
        .exactOptional(),
      doubtfulSince: instant.exactOptional(),
      silenceId: text.exactOptional(),
      missedAt: instant.exactOptional(),
      alertsToEnd: z.array(trackedSessionShape).exactOptional(),
      edition: text,
    }),
  ),
);
