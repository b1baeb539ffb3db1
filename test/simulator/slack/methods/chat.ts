import { readContent } from '../content.ts';
import type { Json } from '../json.ts';
import { textField } from '../json.ts';
import type { Author, Message } from '../messages.ts';
import { current } from '../messages.ts';
import { rates } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Workspace } from '../workspace.ts';
import type { Channel } from '../world.ts';
import { directChannel } from '../world.ts';
import type { Method } from './method.ts';
import { required } from './method.ts';

const longestUpdate = 4000;

export const postMessage: Method = {
  scopes: ['chat:write'],
  rate: rates.posting,
  call: (args, workspace) => {
    const channel = channelToPostIn(args, workspace);
    const threadTs = threadToPostIn(channel, textField(args, 'thread_ts'), workspace);
    const content = readContent(args);
    const posting = { channel: channel.id, ...(threadTs !== undefined && { threadTs }) };
    const message = workspace.messages.post(posting, content);
    return { channel: channel.id, ts: message.ts, message: messageObject(message, workspace) };
  },
};

export const postEphemeral: Method = {
  scopes: ['chat:write'],
  rate: rates.tier4,
  call: (args, workspace) => {
    const channel = channelToPostIn(args, workspace);
    const user = required(args, 'user');
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    const message = workspace.messages.post({ channel: channel.id, onlyFor: user }, readContent(args));
    return { message_ts: message.ts };
  },
};

export const update: Method = {
  scopes: ['chat:write'],
  rate: rates.tier3,
  call: (args, workspace) => {
    const message = ownMessage(args, workspace, { archived: 'is_inactive', foreign: 'cant_update_message' });
    const text = textField(args, 'text');
    if (text !== undefined && text.length > longestUpdate) throw new Refusal('msg_too_long');
    const { metadata } = current(message);
    workspace.messages.update(message, { ...(metadata && { metadata }), ...readContent(args) });
    return {
      channel: message.channel,
      ts: message.ts,
      text: text ?? '',
      message: messageObject(message, workspace),
    };
  },
};

export const deleteMessage: Method = {
  scopes: ['chat:write'],
  rate: rates.tier3,
  call: (args, workspace) => {
    const message = ownMessage(args, workspace, { archived: 'is_archived', foreign: 'cant_delete_message' });
    workspace.messages.delete(message);
    return { channel: message.channel, ts: message.ts };
  },
};

/** https://docs.slack.dev/reference/methods/chat.getPermalink: hundreds a minute, of a message that is there. */
export const getPermalink: Method = {
  scopes: [],
  rate: { perMinute: 300, burst: 300 },
  call: (args, workspace) => {
    const channel = visibleChannel(required(args, 'channel'), workspace);
    const ts = required(args, 'message_ts');
    const message = workspace.messages.find(channel.id, ts);
    if (!message || message.deletedAt !== undefined) throw new Refusal('message_not_found');
    const { domain } = workspace.world.team;
    return {
      channel: channel.id,
      permalink: `https://${domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`,
    };
  },
};

/** A message as the Web API and the payloads of presses show it. */
export function messageObject(message: Message, { world }: Workspace): Json {
  const { text, blocks, metadata } = current(message);
  const { userId, botId, appId }: Author = message.by ?? world.bot;
  return {
    type: 'message',
    ...(botId !== undefined && { subtype: 'bot_message' }),
    user: userId,
    ...(botId !== undefined && { bot_id: botId }),
    ...(appId !== undefined && { app_id: appId }),
    team: world.team.id,
    ts: message.ts,
    text,
    blocks,
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.versions.length > 1 && { edited: { user: world.bot.userId, ts: message.ts } }),
    ...(metadata && { metadata }),
  };
}

/** Answers for one person cannot be reached. */
function ownMessage(
  args: Json,
  workspace: Workspace,
  refusals: { readonly archived: string; readonly foreign: string },
): Message {
  const channel = visibleChannel(required(args, 'channel'), workspace);
  if (channel.isArchived) throw new Refusal(refusals.archived);
  const message = workspace.messages.find(channel.id, required(args, 'ts'));
  if (!message || message.deletedAt !== undefined || message.onlyFor !== undefined) {
    throw new Refusal('message_not_found');
  }
  if (message.by) throw new Refusal(refusals.foreign);
  return message;
}

/**
 * In the thread of a message that was deleted nothing can be said: the reply arrives in the channel, and the answer
 * says so by naming no thread. One that has replies leaves a mark in its place, and its thread goes on.
 * https://github.com/slack-go/slack/issues/1571
 */
function threadToPostIn(
  channel: Channel,
  ts: string | undefined,
  { messages }: Workspace,
): string | undefined {
  const parent = ts === undefined ? undefined : messages.find(channel.id, ts);
  if (!parent) return undefined;
  const isThere = parent.deletedAt === undefined || hasReplies(parent, messages.all);
  return isThere ? parent.ts : undefined;
}

export function hasReplies({ channel, ts }: Message, all: readonly Message[]): boolean {
  return all.some((each) => each.channel === channel && each.threadTs === ts && each.deletedAt === undefined);
}

function channelToPostIn(args: Json, workspace: Workspace): Channel {
  const { world } = workspace;
  const id = required(args, 'channel');
  const person = world.people.get(id);
  const channel = person ? directChannel(world, person.id) : visibleChannel(id, workspace);
  if (channel.isArchived) throw new Refusal('is_archived');
  if (!channel.botIsMember) throw new Refusal('not_in_channel');
  return channel;
}

/** To a bot that is not in it, a private channel does not exist. */
export function visibleChannel(id: string, { world }: Workspace): Channel {
  const channel = world.channels.get(id);
  if (!channel || (channel.kind === 'private' && !channel.botIsMember)) {
    throw new Refusal('channel_not_found');
  }
  return channel;
}
