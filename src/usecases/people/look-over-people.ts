import { allGroups, isGroup } from '../../domain/people/access.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { PeopleTrouble } from '../../domain/people/troubles.ts';
import { peopleTroubles } from '../../domain/people/troubles.ts';
import type { Ports } from '../../ports/ports.ts';
import { identify } from './identify.ts';

/** Whether Slack knows whom the policy names. */
export async function lookOverPeople(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  someone: UserId,
): Promise<readonly PeopleTrouble[]> {
  const named = policy.access.approve.filter((who) => who !== 'everyone' && !isGroup(who));
  const [ids, known, ...membership] = await Promise.all([
    people.idsOf(someone),
    identify({ people }, named),
    ...allGroups(policy.access).map(
      async (group) => [group, await people.membersOf(group, 'showing')] as const,
    ),
  ]);
  return peopleTroubles(policy.access, { membership: new Map(membership), known, someone: ids });
}
