import type { Card, MessageRef } from '../../domain/cards/card.ts';
import { withoutExtra } from '../../domain/cards/card.ts';
import { stillAsks } from '../../domain/cards/content.ts';
import { unfinishedAt } from '../../domain/cards/delivery.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Picture } from './postpone-card.ts';
import { mayPass, postpone } from './postpone-card.ts';

/** True when this delivery has nothing left to do. */
export async function updateCard(ports: Ports, card: Card, { version, content }: Picture): Promise<boolean> {
  const { cards, channel, clock } = ports;
  if (!card.message) return false;
  if (!(await mayPass(ports, card, 'edits', content))) return true;
  const updated = await channel.update(card.message, content);
  const { trouble: _solved, ...well } = card;
  if (!updated.ok && updated.why === 'message-gone') {
    const { message: _gone, ...unposted } = well;
    const asksAnew = stillAsks(content);
    await cards.save({ ...unposted, shown: asksAnew ? 0 : version }, unfinishedAt(unposted, clock()));
    return false;
  }
  const saved = updated.ok
    ? await cards.save({ ...well, shown: version }, unfinishedAt(well, clock()))
    : await postpone(ports, card, 'edits', updated);
  if (saved === 'saved') return !updated.ok || unfinishedAt(well, clock()) === undefined;
  if (!updated.ok && updated.why !== 'unsure') return true;
  await forgetShown(ports, card.key);
  return false;
}

/** Deletes a message that says the same once more; one that cannot be deleted is left alone. */
export async function removeExtra(
  ports: Ports,
  card: Card,
  { content }: Picture,
  extra: MessageRef,
): Promise<boolean> {
  const { cards, channel, clock, log } = ports;
  if (!(await mayPass(ports, card, 'edits', content))) return true;
  const removed = await channel.delete(extra);
  const isOver = removed.ok || removed.why === 'message-gone' || removed.why === 'refused';
  if (!isOver) {
    await postpone(ports, card, 'edits', removed);
    return true;
  }
  log.info({ card: card.key, removed: removed.ok }, 'removed a card posted twice');
  const rest = withoutExtra(card, extra);
  await cards.save(rest, unfinishedAt(rest, clock()));
  return false;
}

/** Two deliveries edited one message: nobody knows whose edit came last, so the message is edited once more. */
async function forgetShown({ cards }: Ports, key: CardKey): Promise<void> {
  let latest: Card;
  do latest = await cards.get(key);
  while (latest.message && (await cards.save({ ...latest, shown: 0 })) === 'conflict');
}
