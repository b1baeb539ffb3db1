import * as apps from './apps.ts';
import * as chat from './chat.ts';
import * as conversations from './conversations.ts';
import type { Method } from './method.ts';
import * as usergroups from './usergroups.ts';
import * as users from './users.ts';
import * as views from './views.ts';
import * as workspace from './workspace.ts';

/** What this Slack can do; everything else is an `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    'apps.connections.open': apps.openConnection,
    'auth.test': workspace.authTest,
    'bots.info': workspace.botsInfo,
    'chat.delete': chat.deleteMessage,
    'chat.getPermalink': chat.getPermalink,
    'chat.postEphemeral': chat.postEphemeral,
    'chat.postMessage': chat.postMessage,
    'chat.update': chat.update,
    'conversations.history': conversations.history,
    'conversations.info': conversations.info,
    'conversations.open': conversations.open,
    'conversations.replies': conversations.replies,
    'team.info': workspace.teamInfo,
    'usergroups.list': usergroups.list,
    'usergroups.users.list': usergroups.listUsers,
    'users.info': users.info,
    'users.lookupByEmail': users.lookupByEmail,
    'views.open': views.open,
    'views.publish': views.publish,
    'views.push': views.push,
    'views.update': views.update,
  }),
);
