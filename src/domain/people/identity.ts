import type { Lookup, UserId } from './person.ts';

/** By each id, all ids of that person. Whose id is not in it may be anybody. */
export type Identities = ReadonlyMap<UserId, readonly UserId[]>;

/** `unknown`: Slack could not say under which ids one of them goes. */
export type Sameness = 'yes' | 'no' | 'unknown';

/** One name for a person, whichever of their ids they come by: what is counted by person is counted by this. */
export function nameOfAll([first, ...others]: readonly [UserId, ...UserId[]]): UserId {
  return others.reduce((name, id) => (id < name ? id : name), first);
}

/** Whether two ids are one person's: in an Enterprise Grid somebody has an id of the workspace and one of the company. */
export function samePerson(known: Identities, one: UserId, other: UserId): Sameness {
  if (one === other) return 'yes';
  const [ones, others] = [known.get(one), known.get(other)];
  if (ones?.includes(other) === true || others?.includes(one) === true) return 'yes';
  if (!ones || !others) return 'unknown';
  return ones.some((id) => others.includes(id)) ? 'yes' : 'no';
}

export function identitiesFrom(
  lookup: readonly (readonly [id: UserId, ids: Lookup<readonly UserId[]>])[],
): Identities {
  return new Map(lookup.flatMap(([id, ids]) => (ids.ok ? [[id, ids.value] as const] : [])));
}

export function anySame(answers: readonly Sameness[]): Sameness {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}
