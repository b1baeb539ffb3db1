import type { Card } from '../../domain/cards/card.ts';
import type { Delivery } from '../../domain/cards/delivery.ts';
import { decideDelivery } from '../../domain/cards/delivery.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import type { Ports } from '../../ports/ports.ts';
import { noteUnasked } from '../requests/note-unasked.ts';
import type { CardSubject } from './card-subject.ts';
import { cardSubject } from './card-subject.ts';
import { removeExtra, updateCard } from './edit-card.ts';
import { lookForPost, postCard } from './post-card.ts';

/**
 * Makes a card show its subject's current state. Safe to run twice at once and to be cut off anywhere: a post is
 * announced in the store before it goes out, and nobody posts while one is announced.
 */
export async function deliverCard(ports: Ports, key: CardKey): Promise<void> {
  const { cards, clock } = ports;
  for (;;) {
    const card = await cards.get(key);
    const subject = await cardSubject(ports, key);
    if (!subject) return cards.settle(card);
    const delivery = decideDelivery(card, subject.version, clock());
    if (delivery.do === 'wait') return;
    if (delivery.do === 'nothing') return cards.settle(card);
    if (await show(ports, card, subject, delivery)) return;
  }
}

const placeComesWithinMs = 5000;

/** True when this delivery has nothing left to do. */
async function show(
  ports: Ports,
  card: Card,
  { version, place, content, askAgainAt }: CardSubject,
  delivery: Exclude<Delivery, { do: 'wait' | 'nothing' }>,
): Promise<boolean> {
  const { cards, clock } = ports;
  if (askAgainAt !== undefined) return (await cards.save(card, askAgainAt)) === 'saved';
  if (!content) {
    const { trouble: _over, ...unneeded } = card;
    return (await cards.save({ ...unneeded, shown: version })) === 'saved';
  }
  const picture = { version, content };
  if (delivery.do === 'update') return updateCard(ports, card, picture);
  if (delivery.do === 'remove') return removeExtra(ports, card, picture, delivery.extra);
  if (!place) return (await cards.save(card, clock() + placeComesWithinMs)) === 'saved';
  if (delivery.do === 'look') return lookForPost(ports, card, place, picture, delivery.since);
  const isDone = await postCard(ports, card, place, picture);
  await noteUnasked(ports, card.key);
  return isDone;
}
