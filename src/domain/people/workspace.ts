import type { AccessPolicy } from '../policy/policy.ts';
import { allNamed } from './access.ts';
import type { UserId } from './person.ts';

export interface Workspace {
  readonly teamId: string;
  readonly teamName: string;
  readonly enterpriseId?: string;
  readonly botUserId: string;
  /** Not known without the scope `users:read`, until the first payload names it. */
  readonly appId?: string;
}

/** Whose the store is: one Slack app in one workspace, however many replicas it has. */
export interface StoreOwner extends Workspace {
  readonly version: number;
  /** Fingerprints of the bot's tokens, the newest first: while Slack is away they tell the owner from others. */
  readonly tokens: readonly string[];
}

export interface Installed {
  readonly token: string;
  readonly workspace?: Workspace;
}

/** `unsure`: nothing proves that it is the owner's, and nothing that it is not. */
export type StoreStanding = 'free' | 'ours' | 'unsure' | 'of-another';

export function storeStanding(owner: StoreOwner | undefined, { token, workspace }: Installed): StoreStanding {
  if (!owner) return 'free';
  if (!workspace) return owner.tokens.includes(token) ? 'ours' : 'unsure';
  if (owner.teamId !== workspace.teamId) return 'of-another';
  if (owner.appId !== undefined && workspace.appId !== undefined) {
    return owner.appId === workspace.appId ? 'ours' : 'of-another';
  }
  // A workspace has one bot user for each app, and keeps it when the token changes.
  const isSameBot = owner.botUserId === workspace.botUserId || owner.tokens.includes(token);
  return isSameBot ? 'ours' : 'unsure';
}

const tokensKept = 4;

/** The owner's record as this process would write it; undefined where it says so already. */
export function ownerNow(
  owner: StoreOwner | undefined,
  workspace: Workspace,
  token: string,
): StoreOwner | undefined {
  const { version = 0, tokens = [], appId } = owner ?? {};
  const isSaid =
    tokens.includes(token) &&
    owner?.teamName === workspace.teamName &&
    owner.enterpriseId === workspace.enterpriseId &&
    owner.botUserId === workspace.botUserId &&
    (workspace.appId === undefined || appId === workspace.appId);
  if (isSaid) return undefined;
  const known = tokens.filter((one) => one !== token);
  const kept = [token, ...known].slice(0, tokensKept);
  return { ...(appId !== undefined && { appId }), ...workspace, version, tokens: kept };
}

/** Where something that Slack hands over says that it comes from; every part of it may be forged. */
export interface Origin {
  /** Slack names it in every kind of payload but shortcuts. */
  readonly appId?: string;
  readonly teamId?: string;
  readonly enterpriseId?: string;
  readonly by?: UserId;
}

/** In a Grid from any workspace of the enterprise. People of connected workspaces come in where the policy names them. What is left out contradicts nothing. */
export function isForUs(workspace: Workspace, access: AccessPolicy, origin: Origin): boolean {
  const { appId, teamId, enterpriseId, by } = origin;
  if (appId !== undefined && (workspace.appId ?? appId) !== appId) return false;
  const isNamed = teamId !== undefined || enterpriseId !== undefined;
  // What goes to all of an enterprise may bear its id in the place of a workspace's.
  const isOfOurGrid = [teamId, enterpriseId].some((id) => id !== undefined && id === workspace.enterpriseId);
  const isFromHere = !isNamed || teamId === workspace.teamId || isOfOurGrid;
  return isFromHere || (by !== undefined && allNamed(access).includes(by));
}
