import type { AccessPolicy } from '../policy/policy.ts';
import type { Membership } from './access.ts';
import { allGroups } from './access.ts';
import type { Identities } from './identity.ts';
import { samePerson } from './identity.ts';
import type { Lookup, FailedLookup, UserId } from './person.ts';

export type PeopleTrouble =
  | { readonly is: 'group-gone' | 'group-empty'; readonly group: string }
  /** All approvers that the policy names are ids of one person: what they ask for themselves cannot be approved. */
  | { readonly is: 'one-approver'; readonly ids: readonly UserId[] }
  /** `grid`: in an Enterprise Grid nobody is known by their other id without it. */
  | { readonly is: 'scope-missing'; readonly scope: string; readonly for: 'groups' | 'grid' };

export interface NamedPeople {
  readonly membership: Membership;
  readonly known: Identities;
  readonly someone: Lookup<readonly UserId[]>;
}

/** What Slack cannot say for the moment is no trouble. */
export function peopleTroubles(
  access: AccessPolicy,
  { membership, known, someone }: NamedPeople,
): readonly PeopleTrouble[] {
  const troubles = allGroups(access).flatMap((group): PeopleTrouble[] => {
    const members = membership.get(group);
    if (!members || (members.ok && members.value.size > 0)) return [];
    if (members.ok) return [{ is: 'group-empty', group }];
    return members.isGone ? [{ is: 'group-gone', group }] : scopeMissing(members, 'groups');
  });
  const grid = someone.ok ? [] : scopeMissing(someone, 'grid');
  const all = [...troubles, ...oneApprover(access, known), ...grid];
  return [...new Map(all.map((trouble) => [JSON.stringify(trouble), trouble])).values()];
}

function oneApprover({ approve }: AccessPolicy, known: Identities): PeopleTrouble[] {
  const ids = [...new Set(approve)];
  const [first] = ids;
  const isOne = ids.length > 1 && ids.every((id) => samePerson(known, first ?? id, id) === 'yes');
  return isOne ? [{ is: 'one-approver', ids }] : [];
}

function scopeMissing({ missingScope }: FailedLookup, what: 'groups' | 'grid'): PeopleTrouble[] {
  return missingScope === undefined ? [] : [{ is: 'scope-missing', scope: missingScope, for: what }];
}
