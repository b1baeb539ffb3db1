import type { UserId } from '../people/person.ts';
import type { CardKey } from './kinds.ts';

/** A message that is a picture of its subject's state: delivery edits it until it shows that version, which repairs a crash too. */
export interface Card {
  readonly key: CardKey;
  readonly version: number;
  readonly message?: MessageRef;
  readonly shown: number;
  /** A post whose answer has not been stored: until it is known what became of it, nobody posts again. */
  readonly posting?: OpenPost;
  /** When each edit of the message began whose answer has not been stored: it may arrive after a newer one. */
  readonly editing?: readonly number[];
  readonly lost?: readonly LostPost[];
  readonly extras?: readonly MessageRef[];
  readonly left?: readonly LeftMessage[];
  /** Slack refuses this card for good; `code` is Slack's name for the reason. Cleared when delivery works again. */
  readonly trouble?: { readonly code: string; readonly since: number };
}

export interface OpenPost {
  readonly since: number;
  readonly to?: Place;
}

export interface LostPost extends OpenPost {
  /** When to look for it again; without it nobody can. */
  readonly lookAt?: number;
}

export interface LeftMessage {
  readonly message: MessageRef;
  readonly at: number;
  readonly isTold?: true;
}

export type Place = { readonly channel: string; readonly thread?: string } | { readonly user: UserId };

export interface MessageRef {
  readonly channel: string;
  readonly message: string;
  readonly thread?: string;
}

/** The first message that is known is kept, unless the other one is where the card has moved to. */
export function withMessage(
  card: Card,
  message: MessageRef,
  { shown, now }: { readonly shown: number; readonly now: number },
): Card {
  const { message: kept, extras = [], left = [] } = card;
  const known = [...(kept ? [kept] : []), ...extras, ...left.map((each) => each.message)];
  if (known.some((each) => isSameMessage(each, message))) return card;
  if (!kept) return { ...card, message, shown };
  if (!isElsewhere(kept, message) || hasLeftLately(card, message.channel, now))
    return withExtra(card, message);
  return kept.channel === message.channel
    ? { ...card, message, shown, extras: [...extras, kept] }
    : { ...card, message, shown, left: [...left, { message: kept, at: now }] };
}

export function withExtra(card: Card, message: MessageRef): Card {
  const { extras = [] } = card;
  if (extras.some((each) => isSameMessage(each, message))) return card;
  return { ...card, extras: [...extras, message] };
}

export function withoutExtra({ extras = [], ...card }: Card, gone: MessageRef): Card {
  const left = extras.filter((each) => !isSameMessage(each, gone));
  return left.length > 0 ? { ...card, extras: left } : card;
}

export function withoutMessage({ message: _gone, editing: _harmless, ...card }: Card, shown: number): Card {
  return { ...card, shown };
}

export function isSameMessage(a: MessageRef, b: MessageRef): boolean {
  return a.channel === b.channel && a.message === b.message;
}

export function isElsewhere(
  message: MessageRef,
  place: { readonly channel: string; readonly thread?: string },
): boolean {
  if (message.channel !== place.channel) return true;
  return message.thread !== undefined && place.thread !== undefined && message.thread !== place.thread;
}

/** While replicas disagree about the policy, each would fetch the card into its own channel. */
const staysAwayForMs = 10 * 60_000;

export function hasLeftLately({ left = [] }: Card, channel: string, now: number): boolean {
  return left.some(({ message, at }) => message.channel === channel && now - at < staysAwayForMs);
}
