import type { Card, MessageRef, OpenPost, Place } from '../../domain/cards/card.ts';
import { isElsewhere, withExtra, withMessage } from '../../domain/cards/card.ts';
import { unfinishedAt } from '../../domain/cards/delivery.ts';
import {
  postsAgainAt,
  restMs,
  withLostPost,
  withoutLostPost,
  withUnreadablePost,
} from '../../domain/cards/lost-posts.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { conversation } from './post-card.ts';
import type { Picture } from './postpone-card.ts';
import { postpone } from './postpone-card.ts';

type UsedPorts = Pick<Ports, 'cards' | 'channel' | 'clock' | 'log'> & Needs<typeof postpone>;

interface Places {
  readonly where: Place;
  readonly belongsTo: Place;
}

/** Looks for what a post whose answer was lost has left. True when this delivery has nothing left to do. */
export async function lookForPost(
  ports: UsedPorts,
  card: Card,
  {
    places: { where, belongsTo },
    picture: { content },
    post: { since },
  }: { readonly places: Places; readonly picture: Picture; readonly post: OpenPost },
): Promise<boolean> {
  const { channel, clock, log } = ports;
  const isOpen = card.posting?.since === since;
  const found = await channel.find(where, content, since);
  if (found.ok) {
    log.info({ card: card.key, found: found.messages.length }, 'looked for a lost post');
    const grown = withFound(card, found, clock());
    return isOpen ? closePost(ports, card, grown) : closeLook(ports, withoutLostPost(grown, since));
  }
  // A channel that the card has left may let nobody in any more.
  const isOver = !isOpen || conversation(where) !== conversation(belongsTo);
  if (found.why === 'may-not-read' || (found.why === 'refused' && isOver)) {
    return isOpen ? postAgain(ports, card, belongsTo) : closeLook(ports, withUnreadablePost(card, since));
  }
  await postpone(ports, card, { lane: 'edits', failure: found });
  return true;
}

function withFound(
  card: Card,
  {
    messages,
    strays = [],
  }: { readonly messages: readonly MessageRef[]; readonly strays?: readonly MessageRef[] },
  now: number,
): Card {
  const grown = messages.reduce<Card>(
    (known, message) => withMessage(known, message, { shown: 0, now }),
    card,
  );
  return strays.reduce<Card>(withExtra, grown);
}

async function closePost({ cards, clock }: UsedPorts, before: Card, grown: Card): Promise<boolean> {
  if (grown !== before) {
    const { posting: _over, ...idle } = grown;
    await cards.save(idle, clock());
    return false;
  }
  const now = clock();
  // What was looked for in vain was most likely not carried out.
  const rests = restMs(before.lost?.length ?? 0) / 2;
  await cards.save(withLostPost(before, now), now + rests);
  return rests > 0;
}

async function closeLook({ cards, clock }: UsedPorts, card: Card): Promise<boolean> {
  await cards.save(card, unfinishedAt(card, clock()));
  return false;
}

/** Where nobody can know what became of the post: whether it is made once more depends on how Slack answers others. */
async function postAgain({ cards, clock, log }: UsedPorts, card: Card, place: Place): Promise<boolean> {
  const answeredAt = await cards.answeredAt(conversation(place));
  const now = clock();
  const isThere = card.message && 'channel' in place && !isElsewhere(card.message, place);
  const again = isThere === true ? now : postsAgainAt(card, { answeredAt, now });
  if (again > now) {
    await cards.save(card, Math.min(again, now + looksForAnswersMs));
    return true;
  }
  log.warn({ card: card.key }, 'posts again, the answer to an earlier post was lost');
  await cards.save(withLostPost(card), now);
  return false;
}

/** So often it is seen whether Slack answers others by now. */
const looksForAnswersMs = 60_000;
