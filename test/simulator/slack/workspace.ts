import type { Changes } from './changes.ts';
import { createChanges } from './changes.ts';
import { createTimestamps } from './ids.ts';
import type { Messages } from './messages.ts';
import { createMessages } from './messages.ts';
import type { ResponseUrls } from './response-urls.ts';
import { createResponseUrls } from './response-urls.ts';
import type { SocketServer } from './sockets.ts';
import { createSockets } from './sockets.ts';
import type { Triggers } from './triggers.ts';
import { createTriggers } from './triggers.ts';
import type { Views } from './views.ts';
import { createViews } from './views.ts';
import type { World, WorldOptions } from './world.ts';
import { createWorld } from './world.ts';

/** Everything the simulated Slack knows. */
export interface Workspace {
  readonly world: World;
  /** The bot's. */
  readonly token: Token;
  /** The app's own, for `apps.connections.open` and nothing else. */
  readonly appToken: Token;
  readonly sockets: SocketServer;
  readonly messages: Messages;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly changes: Changes;
  readonly clock: () => number;
}

export interface Token {
  readonly value: string;
  readonly scopes: Set<string>;
}

export interface WorkspaceOptions extends WorldOptions {
  /** The bot's token, of its own for each workspace that an app is in. */
  readonly token?: string;
  /** The scopes of the bot's token; by default all that the bot can use. */
  readonly scopes?: readonly string[];
  /** Epoch milliseconds; the real clock unless a test wants another. */
  readonly clock?: () => number;
}

const usualScopes = [
  'commands',
  'chat:write',
  'im:write',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'channels:read',
  'groups:read',
  'team:read',
];

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const clock = options.clock ?? Date.now;
  const changes = createChanges();
  const world = createWorld(options);
  return {
    world,
    appToken: { value: 'xapp-simulated', scopes: new Set(['connections:write']) },
    sockets: createSockets(changes, world.bot.appId),
    token: { value: options.token ?? 'xoxb-simulated', scopes: new Set(options.scopes ?? usualScopes) },
    messages: createMessages(clock, createTimestamps(clock), changes.note),
    views: createViews(changes.note),
    triggers: createTriggers(clock),
    responseUrls: createResponseUrls(clock),
    changes,
    clock,
  };
}
