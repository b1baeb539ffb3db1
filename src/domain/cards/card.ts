import type { Alert } from '../alerts/alert.ts';
import { isOpen } from '../alerts/alert.ts';
import type { Batch } from '../requests/batch.ts';
import type { Blindness } from '../alerts/silence.ts';
import { isBlind } from '../alerts/silence.ts';
import type { CardKey, CardKind } from './kinds.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import { isNewsToRequester, isSettled } from '../requests/request.ts';
import type { Snooze } from '../alerts/handling.ts';
import type { UserId } from '../people/person.ts';
import type { DisconnectPolicy } from '../policy/policy.ts';

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

/** `thread`: the message to reply to. */
export type Place = { readonly channel: string; readonly thread?: string } | { readonly user: UserId };

/** Slack's address of one message, opaque here. */
export interface MessageRef {
  readonly channel: string;
  readonly message: string;
}

/** What a card shows; the views turn it into blocks. */
export type CardContent<Kind extends CardKind = CardKind> = {
  readonly [K in Kind]: { readonly card: K } & CardContents[K];
}[Kind];

export interface CardContents {
  readonly alert: { readonly alert: Alert; readonly approval: DisconnectPolicy['approval'] };
  readonly 'alert-steps': { readonly alert: Alert };
  readonly 'alert-wake': { readonly alert: Alert; readonly snooze: Snooze };
  readonly blindness: { readonly blindness: Blindness };
  readonly request: { readonly request: DisconnectRequest };
  readonly outcome: { readonly request: DisconnectRequest };
  readonly batch: BatchContent;
  readonly 'batch-outcome': BatchContent;
}

interface BatchContent {
  readonly batch: Batch;
  readonly members: readonly DisconnectRequest[];
}

/** The key of the card that shows this. */
export function keyOf(content: CardContent): CardKey {
  switch (content.card) {
    case 'alert':
    case 'alert-steps':
      return { card: content.card, id: content.alert.id };
    case 'alert-wake':
      return wakeCard(content.alert, content.snooze);
    case 'blindness':
      return { card: content.card, id: content.blindness.id };
    case 'request':
    case 'outcome':
      return { card: content.card, id: content.request.id };
    case 'batch':
    case 'batch-outcome':
      return { card: content.card, id: content.batch.id };
  }
}

/** Replies come only once somebody has done something: one message an alert is enough for most. */
export function cardsOfAlert(alert: Alert): readonly CardKey[] {
  const { id, handling, steps } = alert;
  return [
    { card: 'alert', id },
    ...(steps.length > 0 ? [{ card: 'alert-steps', id } as const] : []),
    ...(handling.is === 'woken' ? [wakeCard(alert, handling)] : []),
  ];
}

/** One for each snooze, known by its end. */
export function wakeCard({ id }: Alert, { until }: Snooze): CardKey {
  return { card: 'alert-wake', id, at: until };
}

export function cardsOfBlindness({ id }: Blindness): readonly CardKey[] {
  return [{ card: 'blindness', id }];
}

/**
 * The requester hears once, when nothing more will happen; who cancels knows already. A member does not know of the
 * others: whether its batch has something to tell is seen at the delivery.
 */
export function cardsOfRequest(request: DisconnectRequest): readonly CardKey[] {
  const { id, batchId } = request;
  if (batchId !== undefined) {
    const batch: CardKey = { card: 'batch', id: batchId };
    return isSettled(request) ? [batch, { card: 'batch-outcome', id: batchId }] : [batch];
  }
  const card: CardKey = { card: 'request', id };
  return isNewsToRequester(request) ? [card, { card: 'outcome', id }] : [card];
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
