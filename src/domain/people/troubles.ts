import type { AccessPolicy } from '../policy/policy.ts';
import { allGroups } from './access.ts';
import type { Told, Untold, UserId } from './person.ts';
import type { Membership } from './access.ts';

/** What keeps the policy from meaning whom it names. */
export type PeopleTrouble =
  | { readonly is: 'group-gone' | 'group-empty'; readonly group: string }
  /** `grid`: in an Enterprise Grid nobody is known by their other id without it. */
  | { readonly is: 'scope-missing'; readonly scope: string; readonly for: 'groups' | 'grid' };

/** `someone`: what Slack says of the ids of anybody at all. What Slack cannot say for the moment is no trouble. */
export function peopleTroubles(
  access: AccessPolicy,
  membership: Membership,
  someone: Told<readonly UserId[]>,
): readonly PeopleTrouble[] {
  const troubles = allGroups(access).flatMap((group): PeopleTrouble[] => {
    const members = membership.get(group);
    if (!members || (members.ok && members.value.size > 0)) return [];
    if (members.ok) return [{ is: 'group-empty', group }];
    return members.isGone ? [{ is: 'group-gone', group }] : scopeMissing(members, 'groups');
  });
  const all = [...troubles, ...(someone.ok ? [] : scopeMissing(someone, 'grid'))];
  return [...new Map(all.map((trouble) => [JSON.stringify(trouble), trouble])).values()];
}

function scopeMissing({ missingScope }: Untold, what: 'groups' | 'grid'): PeopleTrouble[] {
  return missingScope === undefined ? [] : [{ is: 'scope-missing', scope: missingScope, for: what }];
}
