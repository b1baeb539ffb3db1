import type { Control } from './find-control.ts';
import { newId } from './ids.ts';
import type { Json } from './json.ts';
import type { Message } from './messages.ts';
import { messageObject } from './methods/chat.ts';
import { viewObject } from './methods/views.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';
import type { Channel, Member, World } from './world.ts';

/** What Slack sends, field by field: https://docs.slack.dev/reference/interaction-payloads */

export interface Fresh {
  readonly triggerId: string;
  readonly responseUrl: string;
}

export function commandPayload(
  typed: string,
  person: Member,
  channel: Channel,
  world: World,
  { triggerId, responseUrl }: Fresh,
): Readonly<Record<string, string>> {
  const [command = '', ...words] = typed.split(' ');
  return {
    token: 'simulated',
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: person.id,
    user_name: person.name,
    command,
    text: escaped(words.join(' ')),
    api_app_id: world.bot.appId,
    ...(world.enterprise && {
      enterprise_id: world.enterprise.id,
      enterprise_name: world.enterprise.name,
    }),
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: triggerId,
  };
}

/** What is typed reaches an app like the text of a message: https://docs.slack.dev/messaging/formatting-message-text/#escaping */
function escaped(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function pressOnMessage(
  { blockId, action }: Control,
  message: Message,
  person: Member,
  channel: Channel,
  workspace: Workspace,
  { triggerId, responseUrl }: Fresh,
): Json {
  const isPrivate = message.onlyFor !== undefined;
  return {
    ...common('block_actions', person, workspace.world),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isPrivate,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    },
    trigger_id: triggerId,
    channel: { id: channel.id, name: channel.name },
    // Slack does not send back what only one person sees.
    ...(!isPrivate && { message: messageObject(message, workspace) }),
    state: { values: {} },
    response_url: responseUrl,
    actions: [{ ...action, block_id: blockId, action_ts: actionTs(workspace) }],
  };
}

export function pressInView(
  { blockId, action }: Control,
  view: View,
  values: Json,
  person: Member,
  workspace: Workspace,
  triggerId: string,
): Json {
  return {
    ...common('block_actions', person, workspace.world),
    container: { type: 'view', view_id: view.id },
    trigger_id: triggerId,
    view: viewObject(view, workspace, values),
    actions: [{ ...action, block_id: blockId, action_ts: actionTs(workspace) }],
  };
}

export function submission(
  view: View,
  values: Json,
  person: Member,
  workspace: Workspace,
  triggerId: string,
): Json {
  return {
    ...common('view_submission', person, workspace.world),
    trigger_id: triggerId,
    view: viewObject(view, workspace, values),
    response_urls: [],
  };
}

export function closing(view: View, person: Member, workspace: Workspace, isCleared: boolean): Json {
  return {
    ...common('view_closed', person, workspace.world),
    view: viewObject(view, workspace),
    is_cleared: isCleared,
  };
}

export function homeOpened(person: Member, workspace: Workspace): Json {
  const home = workspace.views.homeOf(person.id);
  return eventCallback(
    {
      type: 'app_home_opened',
      user: person.id,
      channel: `D${person.id.slice(1)}`,
      tab: 'home',
      ...(home && { view: home.content }),
    },
    workspace,
  );
}

/** https://docs.slack.dev/apis/events-api/#callback-field */
export function eventCallback(event: Json, { world, clock }: Workspace): Json {
  return {
    token: 'simulated',
    team_id: world.team.id,
    ...(world.enterprise && { enterprise_id: world.enterprise.id }),
    api_app_id: world.bot.appId,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(clock() / 1000),
    event: { ...event, event_ts: String(clock() / 1000) },
  };
}

function common(type: string, person: Member, world: World): Json {
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: world.bot.appId,
    token: 'simulated',
    team: { id: world.team.id, domain: world.team.domain },
    enterprise: world.enterprise ?? null,
    is_enterprise_install: false,
  };
}

function actionTs({ clock }: Workspace): string {
  return (clock() / 1000).toFixed(6);
}
