import { grouped } from '../kit/grouped.ts';
import type { PersonMapping, Policy } from '../policy/policy.ts';
import type { Login } from './login.ts';
import { loginPattern } from './login.ts';

/** Which mappings of a policy fit a login, in their order: of thousands only those are tried that may. */
export function fittingIn(people: Policy['people']): (login: Login) => readonly PersonMapping[] {
  const placed = people.map((mapping, place) => ({ mapping, place, pattern: loginPattern(mapping.vmLogin) }));
  const byName = grouped(placed, ({ pattern }) => pattern.bare);
  const mayFit = (bare: string | undefined) => byName.get(bare) ?? [];
  return (login) =>
    [...mayFit(login.name.toLowerCase()), ...mayFit(undefined)]
      .filter(({ pattern }) => pattern.fits(login))
      .toSorted((one, other) => one.place - other.place)
      .map(({ mapping }) => mapping);
}
