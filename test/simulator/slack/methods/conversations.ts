import type { Json } from '../json.ts';
import { textField } from '../json.ts';
import type { Message } from '../messages.ts';
import { rates } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Workspace } from '../workspace.ts';
import type { Channel } from '../world.ts';
import { directChannel } from '../world.ts';
import { hasReplies, messageObject, visibleChannel } from './chat.ts';
import type { Method } from './method.ts';
import { required } from './method.ts';

export const open: Method = {
  scopes: ['im:write'],
  rate: rates.tier3,
  call: (args, { world }) => {
    const [personId, ...others] = required(args, 'users').split(',');
    if (others.length > 0) throw new Refusal('missing_scope', { needed: 'mpim:write' });
    const person = world.people.get(personId ?? '');
    if (!person) throw new Refusal('user_not_found');
    if (person.isDeactivated) throw new Refusal('user_disabled');
    return { channel: { id: directChannel(world, person.id).id } };
  },
};

export const info: Method = {
  scopes: ['channels:read', 'groups:read'],
  rate: rates.tier3,
  call: (args, workspace) => {
    const channel = visibleChannel(required(args, 'channel'), workspace);
    const needed = channel.kind === 'private' ? 'groups:read' : 'channels:read';
    const { scopes } = workspace.token;
    if (!scopes.has(needed)) throw new Refusal('missing_scope', { needed, provided: [...scopes].join(',') });
    return {
      channel: {
        id: channel.id,
        name: channel.name,
        is_channel: channel.kind === 'public',
        is_group: channel.kind === 'private',
        is_im: channel.kind === 'direct',
        is_private: channel.kind !== 'public',
        is_archived: channel.isArchived,
        is_member: channel.botIsMember,
        is_shared: channel.isShared,
        is_ext_shared: channel.isShared,
      },
    };
  },
};

const historyScopes = {
  public: 'channels:history',
  private: 'groups:history',
  direct: 'im:history',
} satisfies Record<Channel['kind'], string>;

/** One page, the newest first; metadata only where it is asked for. */
export const history: Method = {
  scopes: Object.values(historyScopes),
  rate: rates.tier3,
  call: (args, workspace) => page(args, workspace, ({ threadTs }) => threadTs === undefined),
};

/** The message itself and what was said in its thread. */
export const replies: Method = {
  scopes: Object.values(historyScopes),
  rate: rates.tier3,
  call: (args, workspace) => {
    const thread = required(args, 'ts');
    const { messages } = workspace;
    const parent = messages.find(required(args, 'channel'), thread);
    const isThere = parent && (parent.deletedAt === undefined || hasReplies(parent, messages.all));
    if (!isThere) throw new Refusal('thread_not_found');
    return page(args, workspace, ({ ts, threadTs }) => ts === thread || threadTs === thread);
  },
};

function page(args: Json, workspace: Workspace, isOfIt: (message: Message) => boolean): Json {
  const channel = visibleChannel(required(args, 'channel'), workspace);
  const needed = historyScopes[channel.kind];
  const { messages, token } = workspace;
  if (!token.scopes.has(needed)) {
    throw new Refusal('missing_scope', { needed, provided: [...token.scopes].join(',') });
  }
  if (!channel.botIsMember) throw new Refusal('not_in_channel');
  const oldest = Number(textField(args, 'oldest') ?? 0);
  const latest = Number(textField(args, 'latest') ?? Infinity);
  const limit = Number(textField(args, 'limit') ?? 100);
  const withMetadata = textField(args, 'include_all_metadata') === 'true';
  const found = messages.all
    .filter((message) => {
      const { channel: where, ts, onlyFor, deletedAt } = message;
      const isShown = onlyFor === undefined && deletedAt === undefined && isOfIt(message);
      return where === channel.id && isShown && Number(ts) > oldest && Number(ts) < latest;
    })
    .toReversed();
  return {
    messages: found.slice(0, limit).map((message) => {
      const { metadata, ...rest } = messageObject(message, workspace);
      return withMetadata && metadata !== undefined ? { ...rest, metadata } : rest;
    }),
    has_more: found.length > limit,
  };
}
