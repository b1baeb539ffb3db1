import { grouped } from '../kit/grouped.ts';
import type { Policy } from '../policy/policy.ts';
import { loginPattern } from './login.ts';
import type { Name } from './owner.ts';
import { differentNames, namesIn } from './owner.ts';

export interface SharedLogin {
  readonly vmLogins: readonly string[];
  readonly names: readonly Name[];
}

/** Logins for which the policy names different people. */
export function sharedLogins(people: Policy['people']): readonly SharedLogin[] {
  const groups = grouped(people, ({ vmLogin }) => loginPattern(vmLogin).meant);
  return [...groups.values()].flatMap((group) => {
    const names = differentNames(group.flatMap((mapping) => namesIn(mapping, { name: '{login}' })));
    const vmLogins = [...new Set(group.map(({ vmLogin }) => vmLogin))];
    return names.length > 1 ? [{ vmLogins, names }] : [];
  });
}
