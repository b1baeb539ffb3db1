import type { BastionHost } from '../hosts/host.ts';
import { textPattern } from '../kit/glob.ts';
import { comparable, typed } from '../kit/typed.ts';
import type { LoginPattern } from './login.ts';
import { readLogin, loginPattern } from './login.ts';
import { addressesOf, possibleUsersOf } from './origin.ts';
import type { Session } from './session.ts';
import { ageMs } from './session.ts';

/** Which sessions somebody wants to see, and in which order. Patterns are those of `textPattern`. */
export interface SessionFilter {
  /** Each has to fit one of the fields or the resource group of the host. */
  readonly words: readonly string[];
  readonly fields: Readonly<Record<FilterField, readonly string[]>>;
  readonly olderThanMs?: number;
  readonly sort?: SortOrder | undefined;
  readonly groupByHost: boolean;
}

/** `user`: the login on the machine; `entra` and `from`: who may be behind the session, and from where. */
export const filterFields = ['host', 'user', 'entra', 'vm', 'protocol', 'from'] as const;
export type FilterField = (typeof filterFields)[number];

/** `attention`: over the limit first, then near it; there, as by `age`, the longest first. The others by name. */
export const sortOrders = ['attention', 'age', 'host', 'vm', 'user'] as const;
export type SortOrder = (typeof sortOrders)[number];
export const usualOrder: SortOrder = 'attention';

export const noFilter: SessionFilter = {
  words: [],
  fields: { host: [], user: [], entra: [], vm: [], protocol: [], from: [] },
  groupByHost: false,
};

export function isNarrow({ words, fields, olderThanMs }: SessionFilter): boolean {
  return (
    words.length > 0 || olderThanMs !== undefined || Object.values(fields).some(({ length }) => length > 0)
  );
}

export function filterTest(
  { words, fields, olderThanMs = 0 }: SessionFilter,
  now: number,
): (session: Session, host: FilteredHost) => boolean {
  const fitOf = (pattern: string) => textPattern(comparable(pattern));
  const wordFits = words.map(fitOf);
  const fieldFits = filterFields.flatMap((field) =>
    fields[field].length > 0 ? [{ field, fits: fields[field].map(fitOf) }] : [],
  );
  const logins = fields.user.map((pattern) => loginPattern(typed(pattern)));
  if (wordFits.length === 0 && fieldFits.length === 0) return (session) => ageMs(session, now) >= olderThanMs;
  return (session, host) => {
    if (ageMs(session, now) < olderThanMs) return false;
    return eachBehind(session).some((one) => {
      const texts = textsOf(one, host);
      const all = [...Object.values(texts).flat(), comparable(host.resourceGroup)];
      return (
        fieldFits.every(
          ({ field, fits }) =>
            texts[field].some((text) => fits.some((fit) => fit(text))) ||
            (field === 'user' && isLogin(one, logins)),
        ) && wordFits.every((fit) => all.some(fit))
      );
    });
  };
}

type FilteredHost = Pick<BastionHost, 'name' | 'resourceGroup'>;

function textsOf(session: Session, host: FilteredHost): Readonly<Record<FilterField, readonly string[]>> {
  return {
    host: [comparable(host.name)],
    user: readLogin(session.vmLogin).spellings.map(comparable),
    entra: possibleUsersOf(session).map(comparable),
    vm: [comparable(session.vm.name)],
    protocol: [comparable(session.protocol)],
    from: addressesOf(session).map(comparable),
  };
}

/** Whether one of these names the login in another spelling than its own. */
function isLogin({ vmLogin }: Session, patterns: readonly LoginPattern[]): boolean {
  const login = readLogin(typed(vmLogin));
  return patterns.some(({ fits }) => fits(login));
}

/** The session once for each who may be behind it: one of them has to fit, with the address that is theirs. */
function eachBehind(session: Session): readonly Session[] {
  const { origin } = session;
  if (!origin || origin.candidates.length < 2) return [session];
  return origin.candidates.map((candidate) => ({
    ...session,
    origin: { ...origin, candidates: [candidate] },
  }));
}
