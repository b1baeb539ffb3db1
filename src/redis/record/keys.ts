import type { CardKey, CardSubjectKind } from '../../domain/cards/kinds.ts';
import { cardName, cards } from '../../domain/cards/kinds.ts';
import type { HostId } from '../../domain/hosts/host.ts';
import type { Session } from '../../domain/sessions/session.ts';

/** Every key bears one hash tag, so that one script may touch any of them on a cluster too. */
const key = (...parts: readonly string[]) => ['{bastion}', ...parts].join(':');

/** Hash: host id to host. */
export const hostsKey = key('hosts');
export const discoveryKey = key('discovery');
/** There while a search for hosts runs that a person asked for. */
export const searchKey = key('search');
export const hostStateKey = (hostId: HostId) => key('memory', hostId);
/** Hash: ref to tracked session. */
export const trackedSessionsKey = (hostId: HostId) => key('watches', hostId);
/** Hash: ref to host id. */
export const refsKey = key('refs');
export const turnKey = (hostId: HostId) => key('turn', hostId);
/** Hash: host id to when its reading began and its counter, while it is under way or its process has died. */
export const underWayKey = key('under-way');
/** There while Azure wants no calls in this subscription. */
export const holdKey = (subscriptionId: string) => key('hold', subscriptionId.toLowerCase());
/** There for a while after a worker looked whether the audit log is to be asked. */
export const logTurnKey = key('log-turn');
export const logStandingKey = key('log-standing');
/** Sorted set: host id by the moment that its last turn to be polled was for. */
export const turnsKey = key('turns');
export const turnTakenKey = key('turn-taken');
export const readingCounterKey = key('reading-counter');
export const alertKey = (id: string) => key('alert', id);
export const silenceKey = (id: string) => key('blindness', id);
export const outageKey = (id: string) => key('outage', id);
/** Set: ids of outages that last. */
export const outagesKey = key('outages');
export const requestKey = (id: string) => key('request', id);
export const batchKey = (id: string) => key('batch', id);
/** Holds the id of the open request for the session that this ref stands for. */
export const claimKey = (ref: string) => key('claim', ref);
/** The same by the session as it was when the person asked: version 0.1, whose replicas may run beside, knows it so. */
export const startClaimKey = ({ hostId, sessionId, startedAt }: Session) =>
  key('claim', hostId, sessionId, String(startedAt));
/** Sorted set: requests of this person without a decision, by card, by when they expire. */
export const openCardsKey = (owner: string) => key('open-cards', owner);
/** Set: ids of requests that are not settled. */
export const unsettledKey = key('unsettled');
/** Sorted set: whose App Home was opened, by when. */
export const homesKey = key('homes');
/** What the App Home of this person shows, as a digest. */
export const homePictureKey = (user: string) => key('home-picture', user);
/** There while the App Home of this person was drawn not long ago. */
export const homeTurnKey = (user: string) => key('home-turn', user);
/** Until when the commands of this person are used up. */
export const commandsKey = (person: string) => key('commands', person);
/** There while a replica answers this delivery of Slack's, and then while a copy of it may still come. */
export const deliveryKey = (digest: string) => key('delivery', digest);
/** Hash: which run of this delivery has stored what it came to, and its answer. */
export const doneKey = (digest: string) => key('done', digest);
export const commandNameKey = key('command-name');
export const storeOwnerKey = key('workspace');
export const healthKey = key('health');
/** Until when a lane is used up; `…:waiting` is a sorted set of the cards that wait for it, `…:owners` a hash of whose they are. */
export const laneKey = (lane: string) => key('lane', lane);
/** When Slack last answered a post to this conversation, for a while. */
export const answeredKey = (conversation: string) => key('answered', conversation);
/** Sorted set: request id by the moment of its disconnect. */
export const slotsKey = key('slots');
export const cardKey = (of: CardKey) => key('card', cardName(of));
export const subjectKey = ({ card, id }: CardKey) => subjectKeys[cards[card].subject](id);
const subjectKeys: Readonly<Record<CardSubjectKind, (id: string) => string>> = {
  alert: alertKey,
  silence: silenceKey,
  outage: outageKey,
  request: requestKey,
  batch: batchKey,
};
/** What Slack last said of a person or a group, for a while. */
export const lookupKey = (kind: string, id: string) => key('told', kind, id);
/** Beside the answer of another version, which is in that place. */
export const lookupBesideKey = (kind: string, id: string) => key('told-beside', kind, id);
export const failedLookupKey = (kind: string, id: string) => key('told-failed', kind, id);
/** Hash: replica to the digest of its policy. */
export const policiesKey = key('policies');
/** Sorted set: replica by when it last said what it applies. */
export const policyNotedKey = key('policies-noted');
/** How often replicas asked Slack within a minute. */
export const askedKey = (method: string) => key('asked', method);
/** The turn of the replica that asks Slack. */
export const askingKey = (kind: string, id: string) => key('asking', kind, id);
/** Set: names of cards that Slack refuses for good. */
export const troubleKey = key('trouble');
/** There while a worker looks whether cards are still there. */
export const lookTurnKey = key('look-turn');
/** Sorted set: name of a card by when a worker looked whether it is still there. */
export const looksKey = key('looks');
/** Sorted set: ended sessions, by when they were closed. */
export const historyKey = key('history');
/** Sorted set: what is due, by when. */
export const dueKey = key('due');
/** Sorted set: kinds of refusals (`refusalKind`), by until when more of the same are only counted. */
export const refusalsKey = key('refusals');
/** Sorted set: the same by how many were counted. */
export const refusalCountsKey = key('refusals', 'counts');
/** Hash: kind to the last of them that was counted. */
export const lastRefusalsKey = key('refusals', 'last');
/** Stream. */
export const auditKey = key('audit');
