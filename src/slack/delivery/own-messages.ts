import type { WebClient } from '@slack/web-api';
import type { MessageRef, Place } from '../../domain/cards/card.ts';
import { slackCode } from '../wire/failure.ts';
import type { Author } from './own-author.ts';
import { isBy } from './own-author.ts';

/** A clock that steps by minutes has announced the post by a wrong time, and a call takes its own. */
const beforeSeconds = 7 * 60;
const afterSeconds = 8 * 60;
const pageSize = 999;

interface Wanted {
  readonly place: Place;
  readonly card: string;
  readonly author: Author;
}

interface OwnMessages {
  readonly messages: readonly MessageRef[];
  readonly strays?: readonly MessageRef[];
}

/**
 * The bot's messages that bear this card, posted about `since`, the oldest first. Needs `channels:history`,
 * `groups:history` or `im:history`. https://docs.slack.dev/reference/methods/conversations.history
 */
export async function ownMessages(client: WebClient, wanted: Wanted, since: number): Promise<OwnMessages> {
  const { place } = wanted;
  const channel = 'channel' in place ? place.channel : await directChannel(client, place.user);
  const at = since / 1000;
  const page = {
    channel,
    oldest: String(at - beforeSeconds),
    latest: String(at + afterSeconds),
    include_all_metadata: true,
    limit: pageSize,
  };
  const history = async () => refs((await client.conversations.history(page)).messages, channel, wanted);
  if (!('thread' in place)) return { messages: await history() };
  const { thread } = place;
  const replies = refs(await repliesIn(client, { ...page, ts: thread }), channel, wanted);
  const known = new Set(replies.map(({ message }) => message));
  const strays = (await history()).filter(({ message }) => !known.has(message) && message !== thread);
  const messages = replies.map((reply) => (reply.message === thread ? reply : { ...reply, thread }));
  return { messages, ...(strays.length > 0 && { strays }) };
}

interface Found {
  readonly ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: unknown };
}

/** Anybody can give a message the mark of a card, so it counts only where the bot has written it. */
function refs(
  messages: readonly Found[] = [],
  channel: string,
  { card, author }: Wanted,
): readonly MessageRef[] {
  return messages
    .filter((message) => isBy(author, message))
    .filter(({ metadata }) => {
      const payload: unknown = metadata?.event_payload;
      const isCard = metadata?.event_type === cardEvent && typeof payload === 'object' && payload !== null;
      return isCard && 'card' in payload && payload.card === card;
    })
    .flatMap(({ ts }) => (ts === undefined ? [] : [{ channel, message: ts }]))
    .sort((a, b) => Number(a.message) - Number(b.message));
}

async function repliesIn(
  client: WebClient,
  page: Parameters<WebClient['conversations']['replies']>[0],
): Promise<readonly Found[]> {
  try {
    return (await client.conversations.replies(page)).messages ?? [];
  } catch (error) {
    if (slackCode(error) === 'thread_not_found') return [];
    throw error;
  }
}

export const cardEvent = 'bastion_card';

async function directChannel(client: WebClient, user: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: user });
  if (channel?.id === undefined) throw new Error('Slack opened a conversation and did not say which');
  return channel.id;
}
