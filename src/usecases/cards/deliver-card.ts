import type { Card, Place } from '../../domain/cards/card.ts';
import type { Delivery } from '../../domain/cards/delivery.ts';
import { decideDelivery, unfinishedAt } from '../../domain/cards/delivery.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import { mayBeTwice } from '../../domain/cards/lost-posts.ts';
import { hasToMove } from '../../domain/cards/moving.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { noteUnasked } from '../requests/note-unasked.ts';
import type { CardSubject } from './card-subject.ts';
import { cardSubject } from './card-subject.ts';
import { updateCard } from './edit-card.ts';
import { lookForPost } from './look-for-post.ts';
import { removeExtra, sayMoved } from './other-messages.ts';
import { postCard } from './post-card.ts';
import type { Picture } from './postpone-card.ts';

type UsedPorts = Pick<Ports, 'cards' | 'clock'> &
  Needs<typeof cardSubject> &
  Needs<typeof lookForPost> &
  Needs<typeof noteUnasked> &
  Needs<typeof postCard> &
  Needs<typeof sayMoved> &
  Needs<typeof updateCard>;

/** Safe to run twice and to be cut off anywhere: a post is announced in the store before it goes out, and nobody posts while one is. */
export async function deliverCard(ports: UsedPorts, key: CardKey): Promise<void> {
  const { cards, clock } = ports;
  for (;;) {
    const card = await cards.get(key);
    const subject = await cardSubject(ports, key);
    if (!subject) return cards.settle(card);
    const { version, place, content } = subject;
    const now = clock();
    const delivery = hasToMove(card, place, { content, now })
      ? ({ do: 'move' } as const)
      : decideDelivery(card, version, now);
    if (delivery.do === 'wait') return;
    if (delivery.do === 'nothing') return cards.settle(card);
    if (await show(ports, card, { subject, delivery })) return;
  }
}

type Move = { readonly do: 'move' };

/** True when this delivery has nothing left to do. */
async function show(
  ports: UsedPorts,
  card: Card,
  {
    subject: { version, place, content, askAgainAt, placeComesInMs },
    delivery,
  }: {
    readonly subject: CardSubject;
    readonly delivery: Exclude<Delivery, { do: 'wait' | 'nothing' }> | Move;
  },
): Promise<boolean> {
  const { cards, clock } = ports;
  if (delivery.do === 'remove') return removeExtra(ports, card, { content, extra: delivery.extra });
  if (delivery.do === 'say-moved') return sayMoved(ports, card, { content, left: delivery.left });
  if (askAgainAt !== undefined) return (await cards.save(card, askAgainAt)) === 'saved';
  if (!content) {
    const { trouble: _over, editing: _harmless, lost: _forgotten, posting, ...unneeded } = card;
    const open = posting && delivery.do !== 'look' ? { posting } : {};
    const done = { ...unneeded, ...open, shown: version };
    return (await cards.save(done, unfinishedAt(done, clock()))) === 'saved';
  }
  const shown = mayBeTwice(card) ? { ...content, mayBeTwice: true as const } : content;
  const picture = { version, content: shown };
  if (delivery.do === 'update') return updateCard(ports, card, picture);
  const where = delivery.do === 'look' ? (delivery.post.to ?? place) : place;
  if (!where) return (await cards.save(card, clock() + placeComesInMs)) === 'saved';
  if (delivery.do === 'look') {
    return lookForPost(ports, card, {
      places: { where, belongsTo: place ?? where },
      picture,
      post: delivery.post,
    });
  }
  const post = delivery.do === 'move' ? moveCard : postCard;
  const isDone = await post(ports, card, { place: where, picture });
  await noteUnasked(ports, card.key);
  return isDone;
}

/** Until the new message is there the old one is kept, and kept true while the new one has to wait or is refused. */
async function moveCard(
  ports: UsedPorts,
  card: Card,
  { place, picture }: { readonly place: Place; readonly picture: Picture },
): Promise<boolean> {
  const isDone = await postCard(ports, card, { place, picture });
  if (!isDone) return false;
  const latest = await ports.cards.get(card.key);
  const isWaiting = latest.posting === undefined && latest.shown < picture.version;
  return isWaiting ? updateCard(ports, latest, picture) : true;
}
