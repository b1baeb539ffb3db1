import type { Card, MessageRef, Place } from '../../domain/cards/card.ts';
import { withMessage } from '../../domain/cards/card.ts';
import { postSettlesAfterMs, unfinishedAt } from '../../domain/cards/delivery.ts';
import type { Ports } from '../../ports/ports.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import type { Picture } from './postpone-card.ts';
import { mayPass, postpone } from './postpone-card.ts';

/** A process that was held up for longer after its announcement leaves the post to whoever comes next. */
const announcedForMs = 5000;
const storesAgainMs = 500;

/** True when this delivery has nothing left to do. */
export async function postCard(
  ports: Ports,
  card: Card,
  place: Place,
  { version, content }: Picture,
): Promise<boolean> {
  const { cards, channel, clock } = ports;
  const lane = { postsTo: 'channel' in place ? place.channel : place.user };
  if (!(await mayPass(ports, card, lane, content))) return true;
  const since = clock();
  const announced = { ...card, posting: { since } };
  if ((await cards.save(announced, since + postSettlesAfterMs)) === 'conflict') return false;
  if (clock() - since > announcedForMs) return true;

  const posted = await channel.post(place, content);
  if (posted.ok) return note(ports, card, posted.message, { version, since });
  if (posted.why === 'unsure') return true;
  const { posting, ...idle } = await cards.get(card.key);
  // Somebody else's announcement is theirs to take back.
  if (posting?.since !== since) return true;
  await postpone(ports, idle, lane, posted);
  return true;
}

/** Looks for what a post whose answer was lost has left. */
export async function lookForPost(
  ports: Ports,
  card: Card,
  place: Place,
  { content }: Picture,
  since: number,
): Promise<boolean> {
  const { cards, channel, clock, log } = ports;
  const found = await channel.find(place, content, since);
  if (!found.ok && found.why !== 'may-not-read') {
    await postpone(ports, card, 'edits', found);
    return true;
  }
  if (found.ok) log.info({ card: card.key, found: found.messages.length }, 'looked for a lost post');
  else log.warn({ card: card.key }, 'posts again, the answer to an earlier post was lost');
  const messages = found.ok ? found.messages : [];
  const { posting: _over, ...idle } = card;
  const known = messages.reduce<Card>((grown, message) => withMessage(grown, message, 0), idle);
  await cards.save(known, clock());
  return false;
}

/** Stores where the message is, whatever happens meanwhile: what is forgotten here is posted once more. */
async function note(
  ports: Ports,
  { key }: Card,
  message: MessageRef,
  { version, since }: { readonly version: number; readonly since: number },
): Promise<boolean> {
  const { cards, clock, log, pause } = ports;
  for (;;) {
    try {
      const { posting, trouble: _solved, ...card } = await cards.get(key);
      // Somebody else's announcement is theirs to take back.
      const others = posting && posting.since !== since ? { posting } : {};
      const next = withMessage({ ...card, ...others }, message, version);
      const unfinished = unfinishedAt(next, clock());
      if ((await cards.save(next, unfinished)) === 'conflict') continue;
      if (next.extras) log.warn({ card: key }, 'found a card posted twice');
      return unfinished === undefined;
    } catch (error) {
      if (!(error instanceof StoreUnreachable)) throw error;
      await pause(storesAgainMs);
    }
  }
}
