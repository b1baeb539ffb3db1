import type { Card } from './card.ts';
import { cards } from './kinds.ts';

/** Why Slack refused what was posted last in this channel of ours, by its own name, among the cards that it refuses. */
export function refusedLately(
  troubled: readonly Card[],
  channel: 'alerts' | 'approvals',
): string | undefined {
  const [latest] = troubled
    .flatMap(({ key, message, trouble }) =>
      cards[key.card].place === channel && !message && trouble ? [trouble] : [],
    )
    .toSorted((one, other) => other.since - one.since);
  return latest?.code;
}
