import type { Card, MessageRef, Place } from '../../domain/cards/card.ts';
import { withExtra, withMessage } from '../../domain/cards/card.ts';
import { postSettlesAfterMs, unfinishedAt } from '../../domain/cards/delivery.ts';
import { withoutLostPost } from '../../domain/cards/lost-posts.ts';
import type { ChannelFailure, Posted } from '../../ports/channel.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { noteGone } from './note-gone.ts';
import type { Picture } from './postpone-card.ts';
import { mayPass, postpone } from './postpone-card.ts';
import { fetchReplies } from './reply-card.ts';

type UsedPorts = Pick<Ports, 'cards' | 'channel' | 'clock' | 'log' | 'pause' | 'rateLimiter'> &
  Needs<typeof fetchReplies> &
  Needs<typeof noteGone> &
  Needs<typeof postpone>;

/** A process that was held up for longer after its announcement leaves the post to the next delivery. */
const announcedForMs = 5000;
const storesAgainMs = 500;

/** True when this delivery has nothing left to do. */
export async function postCard(
  ports: UsedPorts,
  card: Card,
  { place, picture: { version, content } }: { readonly place: Place; readonly picture: Picture },
): Promise<boolean> {
  const { cards, channel, clock } = ports;
  const lane = { postsTo: conversation(place) };
  if (!(await mayPass(ports, card, { lane, content }))) return true;
  const parent = parentIn(place);
  if (parent) {
    const seen = await channel.look(parent);
    if (!seen.ok) return replyLater(ports, card, { parent, seen });
  }
  const since = clock();
  const announced = { ...card, posting: { since, to: place } };
  if ((await cards.save(announced, since + postSettlesAfterMs)) === 'conflict') return false;
  if (clock() - since > announcedForMs) return true;

  const posted = await channel.post(place, content);
  if (isAnswered(posted)) await noteAnswer(ports, place);
  if (posted.ok) {
    const isDone = await note(ports, card, { ...posted, version, since });
    await fetchReplies(ports, content, posted.message);
    return isDone;
  }
  if (posted.why === 'unsure') return true;
  const { posting, ...idle } = await cards.get(card.key);
  // Somebody else's announcement is theirs to take back.
  if (posting?.since !== since) return true;
  await postpone(ports, idle, { lane, failure: posted });
  return true;
}

async function replyLater(
  ports: UsedPorts,
  reply: Card,
  { parent, seen }: { readonly parent: MessageRef; readonly seen: ChannelFailure },
): Promise<boolean> {
  switch (seen.why) {
    case 'message-gone':
      await noteGone(ports, { card: 'alert', id: reply.key.id }, parent);
      return false;
    case 'rate-limited':
      await ports.rateLimiter.close('looks', seen.retryAt - ports.clock());
      await ports.cards.save(reply, seen.retryAt);
      return true;
    case 'refused':
    case 'shared-channel':
    case 'unreachable':
    case 'unsure':
      await postpone(ports, reply, { lane: { postsTo: parent.channel }, failure: seen });
      return true;
  }
}

export function conversation(place: Place): string {
  return 'channel' in place ? place.channel : place.user;
}

function parentIn(place: Place): MessageRef | undefined {
  if (!('channel' in place) || place.thread === undefined) return undefined;
  return { channel: place.channel, message: place.thread };
}

function isAnswered(posted: Posted): boolean {
  return posted.ok || posted.why === 'refused' || (posted.why === 'unsure' && posted.isAnswered === true);
}

/** That Slack answers posts there is worth less than the answer itself, which must be stored whatever happens. */
async function noteAnswer({ cards, clock, log }: UsedPorts, place: Place): Promise<void> {
  try {
    await cards.noteAnswer(conversation(place), clock());
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error;
    log.debug({ error }, 'could not note that Slack answers');
  }
}

/** Stores where the message is, whatever happens meanwhile: what is forgotten here is posted once more. */
async function note(
  ports: UsedPorts,
  { key }: Card,
  {
    message,
    isStray = false,
    version,
    since,
  }: {
    readonly message: MessageRef;
    readonly isStray?: boolean;
    readonly version: number;
    readonly since: number;
  },
): Promise<boolean> {
  const { cards, clock, log, pause } = ports;
  for (;;) {
    try {
      const { posting, trouble: _solved, ...rest } = await cards.get(key);
      const others = posting && posting.since !== since ? { posting } : {};
      const card = withoutLostPost({ ...rest, ...others }, since);
      const next = isStray
        ? withExtra(card, message)
        : withMessage(card, message, { shown: version, now: clock() });
      const unfinished = unfinishedAt(next, clock());
      if ((await cards.save(next, unfinished)) === 'conflict') continue;
      if (next.extras) log.warn({ card: key, isStray }, 'found a card posted twice');
      return unfinished === undefined;
    } catch (error) {
      if (!(error instanceof StoreUnreachable)) throw error;
      await pause(storesAgainMs);
    }
  }
}
