import { matchesGlob } from '../kit/glob.ts';
import type { UserId } from '../people/person.ts';
import type { PersonMapping, Policy } from '../policy/policy.ts';
import { exactUserOf, possibleUsersOf } from './origin.ts';
import type { Session } from './session.ts';

/** A person of Slack by one of two names; addresses in lower case. */
export type Name = { readonly id: UserId } | { readonly email: string };

/** By whom a session is known to be: whom the policy names for its login, and the exactly known Entra user. */
export function ownerNames(policy: Policy, session: Session): readonly Name[] {
  const mapping = mappingFor(policy, session);
  const mapped = mapping && nameIn(mapping, session);
  const exact = exactUserOf(session);
  return [...(mapped ? [mapped] : []), ...(exact === undefined ? [] : [{ email: exact.toLowerCase() }])];
}

/** Everybody by whom it may be. */
export function possibleNames(policy: Policy, session: Session): readonly Name[] {
  const users = new Set(possibleUsersOf(session).map((user) => user.toLowerCase()));
  return [...ownerNames(policy, session), ...[...users].map((email) => ({ email }))];
}

/** Whether a person goes by one of these names; `email` is theirs as Slack knows it. */
export function isAmong(
  names: readonly Name[],
  { id, email }: { readonly id: string; readonly email?: string },
): boolean {
  return names.some((name) => ('id' in name ? name.id === id : name.email === email?.toLowerCase()));
}

/** Undefined where the mapping names a login that is nobody's. */
function nameIn({ email, slack }: PersonMapping, { vmLogin }: Session): Name | undefined {
  if (slack !== undefined) return { id: slack };
  return email === undefined
    ? undefined
    : { email: email.replaceAll('{login}', () => vmLogin).toLowerCase() };
}

/** The first mapping whose login matches; a blank login is nobody's. */
function mappingFor(policy: Policy, { vmLogin }: Session): PersonMapping | undefined {
  return vmLogin === '' ? undefined : policy.people.find((mapping) => matchesGlob(mapping.vmLogin, vmLogin));
}
