import type { WebClient } from '@slack/web-api';
import type { MessageRef, Place } from '../../domain/cards/card.ts';
import type { CardContent, SentContent } from '../../domain/cards/content.ts';
import { keyOf } from '../../domain/cards/content.ts';
import { cardName } from '../../domain/cards/kinds.ts';
import type { Channel, ChannelFailure, Found, Posted, Updated } from '../../ports/channel.ts';
import type { Log } from '../../ports/log.ts';
import type { Message } from '../kit/message.ts';
import { channelFailure, missingScope, slackCode } from '../wire/failure.ts';
import type { ChannelStanding } from './channel-standing.ts';
import { movedMessage } from './moved.ts';
import { cardEvent, ownMessages } from './own-messages.ts';
import { ownAuthor } from './own-author.ts';

export interface SlackChannelOptions {
  readonly client: WebClient;
  readonly render: (content: SentContent) => Message;
  readonly standingOf: (channel: string) => Promise<ChannelStanding>;
  readonly clock: () => number;
  readonly log: Log;
}

/** Cards as Slack messages. What Slack refuses for its layout is sent once more as plain text: an alert is never lost to it. */
export function slackChannel({ client, render, standingOf, clock, log }: SlackChannelOptions): Channel {
  // The refused call counts against the rate too: where the plain one then has to wait, it must not be refused again.
  const plainNext = new Set<string>();
  const self = ownAuthor(client);

  const plainAfterLayout = async <T>(
    message: Message,
    card: string,
    send: (message: Message) => Promise<T>,
  ): Promise<T> => {
    if (!plainNext.has(card)) {
      try {
        return await send(message);
      } catch (error) {
        const code = slackCode(error);
        if (code === undefined || !aboutLayout.has(code)) throw error;
        log.error({ card, code }, 'card refused for its layout, sent as plain text');
        plainNext.add(card);
      }
    }
    const sent = await send({ text: message.text.slice(0, longestText), blocks: [] });
    plainNext.delete(card);
    return sent;
  };

  /** Why nothing may be said there; conversations with one person are always ours. */
  const barred = async (channel: string): Promise<ChannelFailure | undefined> => {
    if (!/^[CG]/.test(channel)) return undefined;
    const standing = await standingOf(channel);
    if (standing.is === 'shared') return { ok: false, why: 'shared-channel' };
    return standing.is === 'unknown' ? standing.failure : undefined;
  };

  const edit = async (
    { channel, message: ts }: MessageRef,
    message: Message,
    card: string,
  ): Promise<Updated> => {
    const bar = await barred(channel);
    if (bar) return bar;
    // It may have been another card's until now.
    const metadata = metadataOf(card);
    try {
      await plainAfterLayout(message, card, (shown) =>
        client.chat.update({ ...shown, channel, ts, metadata, ...quiet }),
      );
      return { ok: true };
    } catch (error) {
      return channelFailure(error, clock());
    }
  };

  return {
    post: async (place, content): Promise<Posted> => {
      const bar = await barred(address(place).channel);
      if (bar) return bar;
      const card = markOf(content);
      const metadata = metadataOf(card);
      try {
        const posted = await plainAfterLayout(render(content), card, (shown) =>
          client.chat.postMessage({ ...shown, ...address(place), metadata, ...quiet }),
        );
        const message = refOf(posted);
        // Where the message to reply to is gone, Slack posts to the channel and says so by this alone:
        // https://github.com/slack-go/slack/issues/1571
        const isStray = 'thread' in place && posted.message?.thread_ts === undefined;
        const thread = 'thread' in place && !isStray && { thread: place.thread };
        return { ok: true, message: { ...message, ...thread }, ...(isStray && { isStray }) };
      } catch (error) {
        return channelFailure(error, clock());
      }
    },
    update: async (message, content) => edit(message, render(content), markOf(content)),
    sayMoved: async (message, content, to) =>
      edit(message, movedMessage(render(content), to), markOf(content)),
    find: async (place, content, since): Promise<Found> => {
      try {
        const author = await self();
        return { ok: true, ...(await ownMessages(client, { place, card: markOf(content), author }, since)) };
      } catch (error) {
        const mayNotRead = missingScope(error) !== undefined;
        return mayNotRead ? { ok: false, why: 'may-not-read' } : channelFailure(error, clock());
      }
    },
    look: async ({ channel, message: message_ts }): Promise<Updated> => {
      try {
        await client.chat.getPermalink({ channel, message_ts });
        return { ok: true };
      } catch (error) {
        return channelFailure(error, clock());
      }
    },
    delete: async ({ channel, message: ts }): Promise<Updated> => {
      try {
        await client.chat.delete({ channel, ts });
        return { ok: true };
      } catch (error) {
        return channelFailure(error, clock());
      }
    },
  };
}

const quiet = { mrkdwn: false, unfurl_links: false, unfurl_media: false };

/** More is `msg_too_long` in an edit. */
const longestText = 4000;

const aboutLayout = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
]);

/** A post to a user id arrives in their conversation with the bot; the answer names that. */
function address(place: Place): { channel: string; thread_ts?: string } {
  if ('user' in place) return { channel: place.user };
  return { channel: place.channel, ...(place.thread !== undefined && { thread_ts: place.thread }) };
}

function refOf({ channel, ts }: { channel?: string; ts?: string }): MessageRef {
  if (channel === undefined || ts === undefined)
    throw new Error('Slack took a message and did not say where it is');
  return { channel, message: ts };
}

function metadataOf(card: string) {
  return { event_type: cardEvent, event_payload: { card } };
}

/** By which the bot can know its message again. Anyone in the workspace can read it: ids only. */
function markOf(content: CardContent): string {
  return cardName(keyOf(content), '/');
}
