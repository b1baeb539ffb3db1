import type { Card, LeftMessage, MessageRef, OpenPost } from './card.ts';
import { editedUntil, editsSettleAt } from './editing.ts';
import { nextLook } from './lost-posts.ts';

export type Delivery =
  | { readonly do: 'post' }
  | { readonly do: 'update' }
  | { readonly do: 'nothing' }
  | { readonly do: 'wait'; readonly until: number }
  /** The answer to this post was lost: whether there is a message must be found out first. */
  | { readonly do: 'look'; readonly post: OpenPost }
  | { readonly do: 'remove'; readonly extra: MessageRef }
  | { readonly do: 'say-moved'; readonly left: LeftMessage };

/** A post is over by now, answered or not: Slack calls are cut off well before. */
export const postSettlesAfterMs = 30_000;

export function decideDelivery(card: Card, subjectVersion: number, now: number): Delivery {
  const { shown, message, posting } = card;
  const isStale = shown < subjectVersion;
  if (isStale && message) {
    const until = editedUntil(card, now);
    return until === undefined ? { do: 'update' } : { do: 'wait', until };
  }
  if (posting) {
    const settledAt = posting.since + postSettlesAfterMs;
    return now < settledAt ? { do: 'wait', until: settledAt } : { do: 'look', post: posting };
  }
  const [extra] = card.extras ?? [];
  if (isStale) return extra ? { do: 'remove', extra } : { do: 'post' };
  return extra ? { do: 'remove', extra } : decideRest(card, now);
}

function decideRest(card: Card, now: number): Delivery {
  const settleAt = card.message && editsSettleAt(card);
  if (settleAt !== undefined && settleAt <= now) return { do: 'update' };
  const lost = nextLook(card);
  if (lost && lost.lookAt <= now) return { do: 'look', post: lost };
  // An edit that is still under way could write over it.
  const left = settleAt === undefined ? untold(card) : undefined;
  if (left) return { do: 'say-moved', left };
  const until = earliest(settleAt, lost?.lookAt);
  return until === undefined ? { do: 'nothing' } : { do: 'wait', until };
}

export function unfinishedAt(card: Card, now: number): number | undefined {
  const { message, posting, extras = [] } = card;
  const settleAt = message && editsSettleAt(card);
  const isNow = extras.length > 0 || (settleAt === undefined && untold(card) !== undefined);
  if (isNow) return now;
  return earliest(posting && posting.since + postSettlesAfterMs, settleAt, nextLook(card)?.lookAt);
}

function untold({ left = [] }: Card): LeftMessage | undefined {
  return left.find(({ isTold }) => isTold !== true);
}

function earliest(...instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
