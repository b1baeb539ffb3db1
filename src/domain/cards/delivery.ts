import type { Card, MessageRef } from './card.ts';

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
