import type { AccessPolicy, Principal, Right } from '../policy/policy.ts';
import type { Profile, Standing, Told, UserId } from './person.ts';

/** The members of each user group. */
export type Membership = ReadonlyMap<string, Told<ReadonlySet<UserId>>>;

export type AccessDecision = { readonly allowed: true } | AccessDenied;

export interface AccessDenied {
  readonly allowed: false;
  readonly right: Right;
  /** Who has the right, as the policy names them. */
  readonly who: readonly Principal[];
  readonly because: DenialReason;
  /** What the Slack app lacks, where that is why the bot is `unsure`. */
  readonly missingScope?: string;
}

/**
 * `not-named`: nobody in the policy is this person. `unsure`: Slack could not say who is in a group, or who this is.
 * The others are named by a group or by `everyone`, which is not enough for them.
 */
export type DenialReason = 'not-named' | 'unsure' | Exclude<Standing, 'member'>;

/** Whether the policy names this person by their own id, so that nothing has to be asked of Slack. */
export function isNamed(access: AccessPolicy, right: Right, user: UserId): boolean {
  return access[right].includes(user);
}

/**
 * Denies unless the policy names this person, or one of their groups or everyone while they are a member of the
 * workspace: guests and people of connected workspaces are in groups too, and are meant only where they are named.
 */
export function decideAccess(
  access: AccessPolicy,
  right: Right,
  user: UserId,
  membership: Membership,
  profile: Told<Profile>,
): AccessDecision {
  const who = access[right];
  if (isNamed(access, right, user)) return { allowed: true };
  const denied = (because: DenialReason, missingScope?: string): AccessDenied => ({
    allowed: false,
    right,
    who,
    because,
    ...(missingScope !== undefined && { missingScope }),
  });
  const groups = who.filter(isGroup).map((group) => membership.get(group) ?? { ok: false as const });
  const isMeant = who.includes('everyone') || groups.some((group) => group.ok && group.value.has(user));
  if (!isMeant) {
    const unknown = groups.find((group) => !group.ok);
    return unknown ? denied('unsure', unknown.missingScope) : denied('not-named');
  }
  if (!profile.ok) return denied('unsure', profile.missingScope);
  const { standing } = profile.value;
  return standing === 'member' ? { allowed: true } : denied(standing);
}

/** Who, besides the requester, can approve: `everyone` and `nobody-else` are hardly what anybody meant. */
export type Approvers = 'named' | 'everyone' | 'nobody-else';

export function approversBeside({ approve }: AccessPolicy, requester: UserId): Approvers {
  if (approve.includes('everyone')) return 'everyone';
  return approve.every((who) => who === requester) ? 'nobody-else' : 'named';
}

export function isGroup(principal: Principal): boolean {
  return principal.startsWith('S');
}

export function groupsIn(access: AccessPolicy, right: Right): readonly string[] {
  return access[right].filter(isGroup);
}
