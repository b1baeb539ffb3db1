import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';
import type { Batch } from './batch.ts';
import type { Blindness } from './blindness.ts';
import { isBlind } from './blindness.ts';
import type { DisconnectRequest } from './disconnect.ts';
import { isNewsToRequester, isSettled } from './disconnect.ts';
import type { Snooze } from './handling.ts';
import type { UserId } from './person.ts';
import type { DisconnectPolicy } from './policy.ts';

/**
 * A message we post and keep true: a picture of its subject's state. Delivery posts or edits it until `shown` is
 * the version of that state, so edits coalesce and a crash is repaired by delivering again.
 */
export interface Card {
  readonly key: CardKey;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  readonly message?: MessageRef;
  /** The subject's version that the message shows; 0 while there is no message. */
  readonly shown: number;
  /** A post whose answer has not been stored: until it is known what became of it, nobody posts again. */
  readonly posting?: { readonly since: number };
  /** Messages that show the same once more, to be deleted. */
  readonly extras?: readonly MessageRef[];
  /** Slack refuses this card for good; `code` is Slack's name for the reason. Cleared when delivery works again. */
  readonly trouble?: { readonly code: string; readonly since: number };
}

/** Where the subject is kept and which of its cards this is. */
export interface CardKey {
  readonly subject: 'alert' | 'blindness' | 'request' | 'batch';
  readonly id: string;
  readonly role: CardRole;
}

/**
 * `alerts` and `approvals` are the channels of the policy; `requester` is a direct message. `steps` and `wake-…`, one
 * for each snooze by its end, are replies in the thread of the alert's card.
 */
export type CardRole = 'alerts' | 'approvals' | 'requester' | 'steps' | WakeRole;
export type WakeRole = `wake-${number}`;

/** `thread`: the message to reply to. */
export type Place = { readonly channel: string; readonly thread?: string } | { readonly user: UserId };

/** Slack's address of one message, opaque here. */
export interface MessageRef {
  readonly channel: string;
  readonly message: string;
}

/** What a card shows; the views turn it into blocks. */
export type CardContent =
  | { readonly card: 'alert'; readonly alert: Alert; readonly approval: DisconnectPolicy['approval'] }
  /** What was done about it, in the thread. */
  | { readonly card: 'alert-steps'; readonly alert: Alert }
  /** Rings: the snooze is over. */
  | { readonly card: 'alert-wake'; readonly alert: Alert; readonly snooze: Snooze }
  | { readonly card: 'blindness'; readonly blindness: Blindness }
  | { readonly card: 'request'; readonly request: DisconnectRequest }
  /** Tells the requester how it ended. */
  | { readonly card: 'outcome'; readonly request: DisconnectRequest }
  /** The same for several requests at once. */
  | {
      readonly card: 'batch' | 'batch-outcome';
      readonly batch: Batch;
      readonly members: readonly DisconnectRequest[];
    };

/** Replies come only once somebody has done something: one message an alert is enough for most. */
export function cardsOfAlert({ id, handling, steps }: Alert): readonly CardKey[] {
  const roles: readonly CardRole[] = [
    'alerts',
    ...(steps.length > 0 ? (['steps'] as const) : []),
    ...(handling.is === 'woken' ? [wakeRole(handling)] : []),
  ];
  return roles.map((role) => ({ subject: 'alert', id, role }));
}

export function wakeRole({ until }: Snooze): WakeRole {
  return `wake-${until}`;
}

export function cardsOfBlindness({ id }: Blindness): readonly CardKey[] {
  return [{ subject: 'blindness', id, role: 'alerts' }];
}

/** The requester hears once, when nothing more will happen; who cancels knows already. */
export function cardsOfRequest(request: DisconnectRequest): readonly CardKey[] {
  if (request.batchId !== undefined) return cardsOfMember(request.batchId, isSettled(request));
  const approvals: CardKey = { subject: 'request', id: request.id, role: 'approvals' };
  return isNewsToRequester(request)
    ? [approvals, { subject: 'request', id: request.id, role: 'requester' }]
    : [approvals];
}

/** A member does not know of the others: whether its batch has something to tell is seen at the delivery. */
function cardsOfMember(id: string, isSettled: boolean): readonly CardKey[] {
  const roles = isSettled ? (['approvals', 'requester'] as const) : (['approvals'] as const);
  return roles.map((role) => ({ subject: 'batch', id, role }));
}

/** Whether a card that somebody deleted must be posted anew, because it still asks for something. */
export function stillAsks(content: CardContent): boolean {
  switch (content.card) {
    case 'alert':
      return isOpen(content.alert);
    case 'blindness':
      return isBlind(content.blindness);
    case 'request':
      return !isSettled(content.request);
    case 'batch':
      return !content.members.every(isSettled);
    case 'batch-outcome':
    case 'alert-steps':
    case 'alert-wake':
    case 'outcome':
      return false;
  }
}

/** What comes first where not everything can be said at once. */
export type Urgency = 'decision' | 'worsening' | 'ending';

export function urgencyOf(content: CardContent): Urgency {
  switch (content.card) {
    case 'alert':
    case 'alert-wake':
      return isOpen(content.alert) ? 'worsening' : 'ending';
    case 'alert-steps':
      return 'ending';
    case 'blindness':
      return isBlind(content.blindness) ? 'worsening' : 'ending';
    case 'request':
    case 'outcome':
    case 'batch':
    case 'batch-outcome':
      return 'decision';
  }
}

export type Delivery =
  | { readonly do: 'post' }
  | { readonly do: 'update' }
  | { readonly do: 'nothing' }
  /** Another delivery is posting, or its answer was lost. */
  | { readonly do: 'wait'; readonly until: number }
  /** The answer to a post begun at `since` was lost: whether there is a message must be found out first. */
  | { readonly do: 'look'; readonly since: number }
  | { readonly do: 'remove'; readonly extra: MessageRef };

/** A post is over by now, answered or not: Slack calls are cut off well before. */
export const postSettlesAfterMs = 30_000;

export function decideDelivery(
  { shown, message, posting, extras = [] }: Card,
  subjectVersion: number,
  now: number,
): Delivery {
  if (shown < subjectVersion && message) return { do: 'update' };
  if (posting) {
    const settledAt = posting.since + postSettlesAfterMs;
    return now < settledAt ? { do: 'wait', until: settledAt } : { do: 'look', since: posting.since };
  }
  if (shown < subjectVersion) return { do: 'post' };
  const [extra] = extras;
  return extra ? { do: 'remove', extra } : { do: 'nothing' };
}

/** When a card that shows its subject as it is needs attention all the same. */
export function unfinishedAt({ posting, extras = [] }: Card, now: number): number | undefined {
  if (extras.length > 0) return now;
  return posting && posting.since + postSettlesAfterMs;
}

/** The card with one more message known to bear it, found or just posted: the first that is known is kept. */
export function withMessage(card: Card, message: MessageRef, shown: number): Card {
  const known = [...(card.message ? [card.message] : []), ...(card.extras ?? [])];
  if (known.some((each) => isSameMessage(each, message))) return card;
  return card.message ? { ...card, extras: [...(card.extras ?? []), message] } : { ...card, message, shown };
}

export function withoutExtra({ extras = [], ...card }: Card, gone: MessageRef): Card {
  const left = extras.filter((each) => !isSameMessage(each, gone));
  return left.length > 0 ? { ...card, extras: left } : card;
}

function isSameMessage(a: MessageRef, b: MessageRef): boolean {
  return a.channel === b.channel && a.message === b.message;
}
