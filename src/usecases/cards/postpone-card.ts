import type { Card } from '../../domain/cards/card.ts';
import type { CardContent, SentContent } from '../../domain/cards/content.ts';
import { editUrgencyOf, urgencyOf } from '../../domain/cards/urgency.ts';
import { cardName } from '../../domain/cards/kinds.ts';
import { turnOwner } from '../../domain/cards/turn.ts';
import type { ChannelFailure } from '../../ports/channel.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Lane } from '../../ports/rate-limiter.ts';
import type { Saved } from '../../ports/saved.ts';

type UsedPorts = Pick<Ports, 'cards' | 'clock' | 'jobs' | 'log' | 'rateLimiter'>;

const triesAgainMs = 5000;
/** For what a person has to put right first, such as inviting the bot: after a minute, and ever less often. */
const refusedTriesAgainMs = { least: 60_000, most: 10 * 60_000 };

/** What follows from a call that failed: when to try again, and what the health page says. */
export async function postpone(
  { cards, clock, jobs, log, rateLimiter }: UsedPorts,
  card: Card,
  { lane, failure }: { readonly lane: Lane; readonly failure: ChannelFailure },
): Promise<Saved> {
  const now = clock();
  log.warn({ card: card.key, failure }, 'could not deliver a card');
  switch (failure.why) {
    case 'refused':
    case 'shared-channel': {
      const code = failure.why === 'refused' ? failure.code : failure.why;
      const trouble = { code, since: card.trouble?.since ?? now };
      const { least, most } = refusedTriesAgainMs;
      return cards.save({ ...card, trouble }, now + Math.min(most, Math.max(least, now - trouble.since)));
    }
    case 'rate-limited': {
      const { retryAt } = failure;
      await rateLimiter.close(lane, retryAt - now);
      const saved = await cards.save(card, retryAt);
      await jobs.enqueueAt({ kind: 'card', key: card.key }, retryAt);
      return saved;
    }
    case 'unsure':
    case 'unreachable':
    case 'message-gone':
      return cards.save(card, now + triesAgainMs);
  }
}

export interface Picture {
  readonly version: number;
  readonly content: SentContent;
}

/** Whether the lane lets this card pass now; if not, it is due when its turn should come. */
export async function mayPass(
  { cards, clock, jobs, rateLimiter }: UsedPorts,
  card: Card,
  { lane, content }: { readonly lane: Lane; readonly content: CardContent | undefined },
): Promise<boolean> {
  const urgencyIn = lane === 'edits' ? editUrgencyOf : urgencyOf;
  const urgency = content ? urgencyIn(content) : 'ending';
  const of = content && turnOwner(content);
  const turn = { card: cardName(card.key, '/'), urgency, ...(of !== undefined && { of }) };
  const waitMs = await rateLimiter.take(lane, turn);
  if (waitMs === 0) return true;
  const at = clock() + waitMs;
  await cards.save(card, at);
  await jobs.enqueueAt({ kind: 'card', key: card.key }, at);
  return false;
}
