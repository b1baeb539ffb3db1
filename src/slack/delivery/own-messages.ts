import type { WebClient } from '@slack/web-api';
import type { MessageRef, Place } from '../../domain/cards/card.ts';

/** A clock that steps by minutes has announced the post by a wrong time, and a call takes its own. */
const beforeSeconds = 7 * 60;
const afterSeconds = 8 * 60;
const pageSize = 999;

/**
 * The bot's messages that bear this card, posted about `since`, the oldest first. Needs `channels:history`,
 * `groups:history` or `im:history`. https://docs.slack.dev/reference/methods/conversations.history
 */
export async function ownMessages(
  client: WebClient,
  place: Place,
  card: string,
  since: number,
): Promise<readonly MessageRef[]> {
  const channel = 'channel' in place ? place.channel : await directChannel(client, place.user);
  const at = since / 1000;
  const wanted = {
    channel,
    oldest: String(at - beforeSeconds),
    latest: String(at + afterSeconds),
    include_all_metadata: true,
    limit: pageSize,
  };
  const { messages = [] } =
    'thread' in place
      ? await client.conversations.replies({ ...wanted, ts: place.thread })
      : await client.conversations.history(wanted);
  return messages
    .filter(({ metadata }) => {
      const payload: unknown = metadata?.event_payload;
      const isCard = metadata?.event_type === cardEvent && typeof payload === 'object' && payload !== null;
      return isCard && 'card' in payload && payload.card === card;
    })
    .flatMap(({ ts }) => (ts === undefined ? [] : [{ channel, message: ts }]))
    .sort((a, b) => Number(a.message) - Number(b.message));
}

/** Marks a message as a card of ours. */
export const cardEvent = 'bastion_card';

async function directChannel(client: WebClient, user: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: user });
  if (channel?.id === undefined) throw new Error('Slack opened a conversation and did not say which');
  return channel.id;
}
