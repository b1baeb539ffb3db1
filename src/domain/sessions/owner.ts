import { matchesGlob } from '../kit/glob.ts';
import type { Identities, Sameness } from '../people/identity.ts';
import { anySame, samePerson } from '../people/identity.ts';
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

/** Somebody by an id and an address, with what is known of the ids of everybody. */
export interface NamedPerson {
  readonly id: UserId;
  /** As Slack knows it. */
  readonly email?: string;
  readonly known: Identities;
}

/** Whether a person goes by one of these names. */
export function isAmong(names: readonly Name[], { id, email, known }: NamedPerson): Sameness {
  return anySame(
    names.map((name) => {
      if ('id' in name) return samePerson(known, name.id, id);
      return name.email === email?.toLowerCase() ? 'yes' : 'no';
    }),
  );
}

/** The Slack ids among these names. */
export function idsAmong(names: readonly Name[]): readonly UserId[] {
  return names.flatMap((name) => ('id' in name ? [name.id] : []));
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
