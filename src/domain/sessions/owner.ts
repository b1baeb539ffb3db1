import type { Identities, Sameness } from '../people/identity.ts';
import { anySame, samePerson } from '../people/identity.ts';
import type { UserId } from '../people/person.ts';
import type { PersonMapping, Policy } from '../policy/policy.ts';
import type { Login } from './login.ts';
import { loginPattern, readLogin } from './login.ts';
import { fittingIn } from './mappings.ts';
import { exactUserOf, possibleUsersOf } from './origin.ts';
import type { Session } from './session.ts';

/** A person of Slack by one of two names; addresses in lower case. */
export type Name = { readonly id: UserId } | { readonly email: string };

/** Whom the policy names for a login. Of a shared one nobody is the owner, and it may be anybody's of them. */
export type Mapped =
  | { readonly is: 'one'; readonly name: Name }
  | { readonly is: 'shared'; readonly names: readonly Name[] }
  | { readonly is: 'nobody' };

/** By whom a session is known to be: whom the policy names for its login, and the exactly known Entra user. */
export function ownerNames(policy: Policy, session: Session): readonly Name[] {
  const mapped = mappedTo(policy, session);
  const exact = exactUserOf(session);
  return [
    ...(mapped.is === 'one' ? [mapped.name] : []),
    ...(exact === undefined ? [] : [{ email: exact.toLowerCase() }]),
  ];
}

export function possibleNames(policy: Policy, session: Session): readonly Name[] {
  const mapped = mappedTo(policy, session);
  const users = new Set(possibleUsersOf(session).map((user) => user.toLowerCase()));
  return [
    ...(mapped.is === 'shared' ? mapped.names : []),
    ...ownerNames(policy, session),
    ...[...users].map((email) => ({ email })),
  ];
}

/** Whether it is known to be this person's; all of whom the policy names for its login may be their ids. */
export function isTheirs(policy: Policy, session: Session, person: NamedPerson): boolean {
  const mapped = mappedTo(policy, session);
  const isOnes = mapped.is === 'shared' && mapped.names.every((name) => isAmong([name], person) === 'yes');
  return isOnes || isAmong(ownerNames(policy, session), person) === 'yes';
}

/** What there is to say of whose session it is. `not-named`: who it should be has no account that Slack could name. */
export type KnownOwner =
  { readonly is: 'one'; readonly id: UserId } | { readonly is: 'not-named' | 'shared' | 'nobody' };

export function ownerStanding(policy: Policy, session: Session): Mapped['is'] {
  return exactUserOf(session) === undefined ? mappedTo(policy, session).is : 'one';
}

/** The first mapping that fits decides, with all others of the same login. A blank login is nobody's. */
export function mappedTo({ people }: Pick<Policy, 'people'>, { vmLogin }: Pick<Session, 'vmLogin'>): Mapped {
  const known = readers.get(people);
  if (known) return known(vmLogin);
  const reader = readerOf(people);
  readers.set(people, reader);
  return reader(vmLogin);
}

/** What is read of a policy once holds as long as it. */
const readers = new WeakMap<Policy['people'], (vmLogin: string) => Mapped>();
const loginsKept = 10_000;

function readerOf(people: Policy['people']): (vmLogin: string) => Mapped {
  const fitting = fittingIn(people);
  const read = new Map<string, Mapped>();
  return (vmLogin) => {
    const known = read.get(vmLogin);
    if (known) return known;
    if (read.size >= loginsKept) read.clear();
    const login = readLogin(vmLogin);
    const mapped = mappedBy(fitting(login), login);
    read.set(vmLogin, mapped);
    return mapped;
  };
}

function mappedBy(fitting: readonly PersonMapping[], login: Login): Mapped {
  if (login.name === '') return { is: 'nobody' };
  const [first] = fitting;
  const alike = fitting.filter(
    ({ vmLogin: pattern }) => first && loginPattern(pattern).meant === loginPattern(first.vmLogin).meant,
  );
  const names = differentNames(alike.flatMap((mapping) => namesIn(mapping, login)));
  const [name, ...others] = names;
  if (!name) return { is: 'nobody' };
  return others.length === 0 ? { is: 'one', name } : { is: 'shared', names };
}

export interface NamedPerson {
  readonly id: UserId;
  readonly email?: string;
  readonly known: Identities;
}

export function isAmong(names: readonly Name[], { id, email, known }: NamedPerson): Sameness {
  return anySame(
    names.map((name) => {
      if ('id' in name) return samePerson(known, name.id, id);
      return name.email === email?.toLowerCase() ? 'yes' : 'no';
    }),
  );
}

export function idsAmong(names: readonly Name[]): readonly UserId[] {
  return names.flatMap((name) => ('id' in name ? [name.id] : []));
}

/** None where the address would be none. */
export function namesIn({ email, slack }: PersonMapping, { name }: Pick<Login, 'name'>): readonly Name[] {
  if (slack !== undefined) return [slack].flat().map((id) => ({ id }));
  if (email === undefined || (email.includes('{login}') && name.includes(' '))) return [];
  return [{ email: email.replaceAll('{login}', () => name).toLowerCase() }];
}

export function differentNames(names: readonly Name[]): readonly Name[] {
  return [...new Map(names.map((name) => [JSON.stringify(name), name])).values()];
}
