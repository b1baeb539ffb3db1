import type { UserId } from '../people/person.ts';
import type { CardKey } from './kinds.ts';

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
