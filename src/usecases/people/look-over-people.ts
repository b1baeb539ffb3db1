import { allGroups } from '../../domain/people/access.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { PeopleTrouble } from '../../domain/people/troubles.ts';
import { peopleTroubles } from '../../domain/people/troubles.ts';
import type { Ports } from '../../ports/ports.ts';

/** Whether Slack knows whom the policy names. */
export async function lookOverPeople(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  someone: UserId,
): Promise<readonly PeopleTrouble[]> {
  const [ids, ...membership] = await Promise.all([
    people.idsOf(someone),
    ...allGroups(policy.access).map(
      async (group) => [group, await people.membersOf(group, 'showing')] as const,
    ),
  ]);
  return peopleTroubles(policy.access, new Map(membership), ids);
}
