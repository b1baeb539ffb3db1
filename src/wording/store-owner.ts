import type { StoreOwner, Workspace } from '../domain/people/workspace.ts';
import { inert, nameLength } from './foreign.ts';

/** For a log, where nothing is parsed. */
export function workspaceName({ teamName, teamId, appId }: Workspace): string {
  const app = appId === undefined ? 'an app that Slack has not named' : `app ${inert(appId, nameLength)}`;
  return `${app} in ${inert(teamName, nameLength)} (${inert(teamId, nameLength)})`;
}

export interface StoreAddress {
  readonly setting: 'REDIS_URL' | 'DATA_DIR';
  readonly key: string;
}

/** Why the bot does not start on a store, and what to do. */
export function ofAnotherBot(owner: StoreOwner, ours: Workspace, { setting, key }: StoreAddress): string {
  const another =
    setting === 'REDIS_URL'
      ? 'a Redis of its own, or another database number at the end of REDIS_URL'
      : 'a DATA_DIR of its own';
  return [
    `${setting}: what is stored there belongs to another bot: ${workspaceName(owner)}.`,
    `SLACK_BOT_TOKEN is of ${workspaceName(ours)}.`,
    `Each would see and end the other's sessions. Give this one ${another}.`,
    `If this one is to take the place of the other, stop all of the other's processes and delete the key ${key}.`,
  ].join(' ');
}

export function perhapsOfAnother(owner: StoreOwner, ours: Workspace | undefined, key: string): string {
  if (!ours) {
    return `the store belongs to ${workspaceName(owner)}, and Slack has not said yet whether SLACK_BOT_TOKEN does too`;
  }
  const why =
    owner.appId === undefined
      ? 'the record of the store names no app, so nothing can tell whether the two are one'
      : "Slack does not tell whether the two are one app: give it the scope users:read, or use the bot's slash command once";
  return [
    `the store belongs to ${botName(owner)}, and SLACK_BOT_TOKEN is of ${botName(ours)}; ${why};`,
    `if it is that app installed anew, or is to take its place, stop all of the other's processes and delete the key ${key}`,
  ].join(' ');
}

/** Which of an app that Slack has not named. */
function botName(workspace: Workspace): string {
  return `${workspaceName(workspace)}, bot user ${inert(workspace.botUserId, nameLength)}`;
}
