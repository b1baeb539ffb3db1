import { z } from 'zod';
import type { Alert } from '../domain/alerts/alert.ts';
import type { AzureFailure } from '../domain/hosts/azure-failure.ts';
import type { Batch } from '../domain/requests/batch.ts';
import type { Blindness } from '../domain/alerts/silence.ts';
import type { Card, MessageRef } from '../domain/cards/card.ts';
import type { CardKey } from '../domain/cards/kinds.ts';
import { readWrittenKey } from '../domain/cards/kinds.ts';
import type { DisconnectRequest } from '../domain/requests/request.ts';
import type { PastSession } from '../domain/history/past-session.ts';
import type { BastionHost, DiscoveryProblem, LastDiscovery } from '../domain/hosts/host.ts';
import type { Session } from '../domain/sessions/session.ts';
import type { HostMemory, Watch } from '../domain/sessions/host-state.ts';
import { exactly } from './record/exactly.ts';

const text = z.string();
const instant = z.number();
const version = z.int().nonnegative();

const referenced = { reference: text.exactOptional() };

const failureShape = exactly<AzureFailure>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('forbidden'), action: text, ...referenced }),
    z.object({ kind: z.literal('throttled'), retryAt: instant, ...referenced }),
    z.object({ kind: z.literal('not-understood'), what: text, ...referenced }),
    z.object({ kind: z.literal('failed'), code: text, ...referenced }),
    z.object({
      kind: z.literal(['signed-out', 'host-gone', 'busy', 'locked', 'timed-out', 'unreachable']),
      ...referenced,
    }),
  ]),
);

export const hostShape = exactly<BastionHost>()(
  z.object({
    id: text,
    name: text,
    resourceGroup: text,
    subscriptionId: text,
    location: text,
    provisioningState: text.exactOptional(),
  }),
);

const problemShape = exactly<DiscoveryProblem>()(z.object({ scope: text, failure: failureShape }));

export const discoveryShape = exactly<LastDiscovery>()(
  z.object({ at: instant, problems: z.array(problemShape) }),
);

const sessionShape = exactly<Session>()(
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
  }),
);

export const pastSessionShape = exactly<PastSession>()(
  z.object({
    ref: text,
    session: sessionShape,
    host: z.object({ name: text, resourceGroup: text }),
    seenAt: instant,
    closedAt: instant,
    how: z.discriminatedUnion('is', [
      z.object({ is: z.literal('by-itself') }),
      z.object({ is: z.literal('by-bot'), requestId: text, requester: text }),
      z.object({ is: z.literal('lost'), why: z.enum(['host-gone', 'unknown-too-long']) }),
    ]),
  }),
);

export const watchShape = exactly<Watch>()(
  z.object({
    ref: text,
    session: sessionShape,
    alertId: text.exactOptional(),
  }),
);

/** A host's memory without its watches. `edition` changes whenever one of them does. */
export const memoryShape = exactly<Omit<HostMemory, 'host' | 'watches'> & { readonly edition: string }>()(
  z.object({
    version,
    lastCounter: z.int(),
    triedAt: instant.exactOptional(),
    readAt: instant.exactOptional(),
    failing: z.object({ since: instant, failure: failureShape }).exactOptional(),
    emptiedAt: instant.exactOptional(),
    blindnessId: text.exactOptional(),
    edition: text,
  }),
);

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

export const alertShape = exactly<Alert>()(
  z.object({
    id: text,
    version,
    ref: text,
    session: sessionShape,
    hostId: text,
    hostName: text,
    rule: z.object({ name: text, warnAfterMs: z.number() }),
    raisedAt: instant,
    seenAt: instant,
    state: z.discriminatedUnion('is', [
      z.object({ is: z.literal(['open', 'unconfirmed']) }),
      z.object({ is: z.literal('ended'), checkedAt: instant }),
      z.object({ is: z.literal('lost'), at: instant, why: z.enum(['host-gone', 'unknown-too-long']) }),
    ]),
    handling: handlingShape.default({ is: 'unattended' }),
    steps: z.array(stepShape).default([]),
  }),
);

export const batchShape = exactly<Batch>()(
  z.object({
    id: text,
    requester: text,
    reason: text,
    askedAt: instant,
    expiresAt: instant,
    requestIds: z.array(text),
  }),
);

export const blindnessShape = exactly<Blindness>()(
  z.object({
    id: text,
    version,
    hostId: text,
    hostName: text,
    since: instant,
    readAt: instant.exactOptional(),
    sessions: z.int(),
    failure: failureShape,
    state: z.discriminatedUnion('is', [
      z.object({ is: z.literal('blind') }),
      z.object({ is: z.literal('seeing'), readAt: instant }),
      z.object({ is: z.literal('host-gone'), at: instant }),
    ]),
  }),
);

const decided = { by: text.exactOptional(), decidedAt: instant };
const sent = { ...decided, sentAt: instant, calls: z.literal([1, 2]) };

const notSentShape = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ended-by-itself'), checkedAt: instant }),
  z.object({ is: z.literal('changed'), change: z.enum(['other-start', 'other-machine', 'other-login']) }),
  z.object({ is: z.literal('hourly-limit'), maxPerHour: z.number() }),
  z.object({ is: z.literal('switched-off') }),
  z.object({ is: z.literal('unread'), failure: failureShape }),
]);

export const requestShape = exactly<DisconnectRequest>()(
  z.object({
    id: text,
    version,
    ref: text,
    session: sessionShape,
    hostName: text,
    requester: text,
    owner: text.exactOptional(),
    reason: text,
    askedAt: instant,
    expiresAt: instant,
    batchId: text.exactOptional(),
    state: z.discriminatedUnion('is', [
      z.object({ is: z.literal('pending') }),
      z.object({ is: z.literal(['denied', 'cancelled']), by: text, at: instant }),
      z.object({ is: z.literal('expired'), at: instant }),
      z.object({ is: z.literal('approved'), ...decided }),
      z.object({ is: z.literal('sending'), ...sent }),
      z.object({ is: z.literal(['gone', 'still-there']), checkedAt: instant, ...sent }),
      z.object({ is: z.literal(['unproven', 'refused']), at: instant, failure: failureShape, ...sent }),
      z.object({ is: z.literal('not-sent'), at: instant, why: notSentShape, ...decided }),
    ]),
  }),
);

const messageShape = exactly<MessageRef>()(z.object({ channel: text, message: text }));

export const cardShape = exactly<Card>()(
  z.object({
    key: z
      .object({ subject: text, id: text, role: text })
      .transform(readWrittenKey)
      .pipe(z.custom<CardKey>((key) => key !== undefined)),
    version,
    message: messageShape.exactOptional(),
    extras: z.array(messageShape).exactOptional(),
    shown: version,
    posting: z.object({ since: instant }).exactOptional(),
    trouble: z.object({ code: text, since: instant }).exactOptional(),
  }),
);
