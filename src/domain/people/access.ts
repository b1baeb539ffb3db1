import type { AccessPolicy, Principal, Right } from '../policy/policy.ts';
import type { Profile, Standing, Lookup, UserId } from './person.ts';

export type Membership = ReadonlyMap<string, Lookup<ReadonlySet<UserId>>>;

export interface Asker {
  readonly id: UserId;
  readonly ids: Lookup<readonly UserId[]>;
  readonly profile: Lookup<Profile>;
  readonly membership: Membership;
}

export type AccessDecision = { readonly allowed: true; readonly via: Principal } | AccessDenied;

export interface AccessDenied {
  readonly allowed: false;
  readonly right: Right;
  readonly who: readonly Principal[];
  readonly because: DenialReason;
  readonly missingScope?: string;
  readonly goneGroups?: readonly string[];
}

/** `unsure`: Slack could not say who is in a group, or who this is. The others are named by no id of theirs, which they would have to be. */
export type DenialReason = 'not-named' | 'unsure' | Exclude<Standing, 'member'>;

/** The first of these ids that the policy names itself, so that no group has to be asked for. */
export function namedId(access: AccessPolicy, right: Right, ids: readonly UserId[]): UserId | undefined {
  return ids.find((id) => isUserId(id) && access[right].includes(id));
}

/** Guests, bots and people of connected workspaces are meant only where the policy names them; everybody else by group too. */
export function decideAccess(access: AccessPolicy, right: Right, asker: Asker): AccessDecision {
  const { id, ids: lookup, profile, membership } = asker;
  const who = access[right];
  const ids = lookup.ok ? lookup.value : [id];
  const named = namedId(access, right, ids);
  if (named !== undefined) return { allowed: true, via: named };
  const groups = who
    .filter(isGroup)
    .map((group) => ({ group, members: membership.get(group) ?? { ok: false as const } }));
  const gone = groups.flatMap(({ group, members }) => (!members.ok && members.isGone ? [group] : []));
  const denied = (because: DenialReason, missingScope?: string): AccessDenied => ({
    allowed: false,
    right,
    who,
    because,
    ...(missingScope !== undefined && { missingScope }),
    ...(gone.length > 0 && { goneGroups: gone }),
  });
  const via = who.includes('everyone')
    ? 'everyone'
    : groups.find(({ members }) => members.ok && ids.some((one) => members.value.has(one)))?.group;
  if (via === undefined) {
    const unknown = groups.map(({ members }) => members).find((members) => !members.ok && !members.isGone);
    if (unknown && !unknown.ok) return denied('unsure', unknown.missingScope);
    // The policy or a group may name them by the id that Slack does not tell.
    return lookup.ok || who.length === 0 ? denied('not-named') : denied('unsure', lookup.missingScope);
  }
  if (!profile.ok) return denied('unsure', profile.missingScope);
  const { standing } = profile.value;
  return standing === 'member' ? { allowed: true, via } : denied(standing);
}

/** Who, besides the requester, can approve: `everyone` and `nobody-else` are hardly what anybody meant. */
export type Approvers = 'named' | 'everyone' | 'nobody-else';

export function approversBeside({ approve }: AccessPolicy, requester: readonly UserId[]): Approvers {
  if (approve.includes('everyone')) return 'everyone';
  return approve.every((who) => requester.includes(who)) ? 'nobody-else' : 'named';
}

/** The name of a group, or `everyone`, is nobody. */
function isUserId(id: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(id);
}

export function isGroup(principal: Principal): boolean {
  return principal.startsWith('S');
}

export function groupsIn(access: AccessPolicy, right: Right): readonly string[] {
  return access[right].filter(isGroup);
}

/** Everybody to whom the policy gives a right, each once; approvers first. */
export function allPrincipals({ approve, disconnect, view, ...rest }: AccessPolicy): readonly Principal[] {
  rest satisfies Record<string, never>;
  return [...new Set([...approve, ...disconnect, ...view])];
}

export function allGroups(access: AccessPolicy): readonly string[] {
  return allPrincipals(access).filter(isGroup);
}

export function allNamed(access: AccessPolicy): readonly UserId[] {
  return allPrincipals(access).filter(isUserId);
}
