import type { Identities } from '../../src/domain/people/identity.ts';
import type { UserId } from '../../src/domain/people/person.ts';

const people = 'ALICE ANN ASKER AZURE BOB BOSS DANA FAY LEAD NOBODY OTHER OWNER'.split(' ');

/** Outside of an Enterprise Grid: each id is a person's only one. */
export const eachTheirOwn: Identities = new Map(people.map((name) => [`U0${name}`, [`U0${name}`]]));

/** Each of these lists is one person's ids, and nobody else is known. */
export function identities(...persons: readonly (readonly UserId[])[]): Identities {
  return new Map(persons.flatMap((ids) => ids.map((id) => [id, ids] as const)));
}
