import type { Card, LeftMessage, MessageRef } from '../../domain/cards/card.ts';
import { isSameMessage, withoutExtra } from '../../domain/cards/card.ts';
import type { CardContent } from '../../domain/cards/content.ts';
import { unfinishedAt } from '../../domain/cards/delivery.ts';
import type { Updated } from '../../ports/channel.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { mayPass, postpone } from './postpone-card.ts';

type UsedPorts = Pick<Ports, 'cards' | 'channel' | 'clock' | 'log'> & Needs<typeof postpone>;

/** Deletes a message that says the same once more; one that cannot be deleted is left alone. */
export async function removeExtra(
  ports: UsedPorts,
  card: Card,
  { content, extra }: { readonly content: CardContent | undefined; readonly extra: MessageRef },
): Promise<boolean> {
  const { cards, channel, clock, log } = ports;
  if (!(await mayPass(ports, card, { lane: 'edits', content }))) return true;
  const removed = await channel.delete(extra);
  if (!isOver(removed)) {
    await postpone(ports, card, { lane: 'edits', failure: removed });
    return true;
  }
  log.info({ card: card.key, removed: removed.ok }, 'removed a card posted twice');
  const rest = withoutExtra(card, extra);
  await cards.save(rest, unfinishedAt(rest, clock()) ?? clock());
  return false;
}

export async function sayMoved(
  ports: UsedPorts,
  card: Card,
  { content, left: { message } }: { readonly content: CardContent | undefined; readonly left: LeftMessage },
): Promise<boolean> {
  const { cards, channel, clock } = ports;
  const to = card.message?.channel;
  if (content && to !== undefined) {
    if (!(await mayPass(ports, card, { lane: 'edits', content }))) return true;
    const said = await channel.sayMoved(message, content, to);
    if (!isOver(said)) {
      await postpone(ports, card, { lane: 'edits', failure: said });
      return true;
    }
  }
  const left = (card.left ?? []).map((each) =>
    isSameMessage(each.message, message) ? { ...each, isTold: true as const } : each,
  );
  const told = { ...card, left };
  await cards.save(told, unfinishedAt(told, clock()));
  return false;
}

type Over = { readonly ok: true } | { readonly why: 'message-gone' | 'refused' | 'shared-channel' };

function isOver(done: Updated): done is Updated & Over {
  return done.ok || done.why === 'message-gone' || done.why === 'refused' || done.why === 'shared-channel';
}
