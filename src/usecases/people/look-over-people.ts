import { allGroups, allNamed } from '../../domain/people/access.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { PeopleTrouble } from '../../domain/people/troubles.ts';
import { peopleTroubles } from '../../domain/people/troubles.ts';
import type { Ports } from '../../ports/ports.ts';
import { identify } from './identify.ts';

/** In an Enterprise Grid each may be a question to Slack, once a day. */
const lookedUpAtMost = 60;

/** Their other ids are known from then on, also where Slack tells them for one of the two only. */
export async function lookOverPeople(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  someone: UserId,
): Promise<readonly PeopleTrouble[]> {
  const { access } = policy;
  const [ids, ...groups] = await Promise.all([
    people.idsOf(someone, 'showing'),
    ...allGroups(access).map(async (group) => [group, await people.membersOf(group, 'showing')] as const),
  ]);
  const members = groups.flatMap(([, lookup]) => (lookup.ok ? [...lookup.value] : []));
  const known = await identify(
    { people },
    [...allNamed(access), ...members].slice(0, lookedUpAtMost),
    'showing',
  );
  return peopleTroubles(access, { membership: new Map(groups), known, someone: ids });
}
