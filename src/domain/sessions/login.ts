import type { Fits } from '../kit/glob.ts';
import { wholePattern } from '../kit/glob.ts';

/** A login on a machine in its parts: of `CORP\fay@corp.example` the domain, the name and what follows the `@`. */
export interface Login {
  /** The whole of it on one line, each run of blanks made one. */
  readonly written: string;
  readonly domain: string;
  readonly name: string;
  readonly suffix: string;
  /** As it is written, without its domain, without what follows `@`, and without both; each once. */
  readonly spellings: readonly string[];
}

/** They stand for the machine itself or for Entra as a whole, and so tell nobody apart. */
const noDomains: ReadonlySet<string> = new Set(['', '.', 'localhost', 'azuread', 'microsoftaccount']);

const simple = /^[^\\@\P{ASCII}\s\p{Cc}]*$/u;

/** To be compared: what nobody sees is no part of it. */
export function readLogin(login: string): Login {
  return partsOf(simple.test(login) ? login : login.replaceAll(/\p{Cf}/gu, '').normalize('NFC'));
}

function partsOf(login: string): Login {
  if (simple.test(login)) return { written: login, domain: '', name: login, suffix: '', spellings: [login] };
  const written = login.replaceAll(/[\s\p{Z}\p{Cc}]+/gu, ' ').trim();
  const slash = written.lastIndexOf('\\');
  const named = written.slice(0, Math.max(slash, 0)).trim();
  const account = written.slice(slash + 1).trim();
  const at = account.indexOf('@');
  const name = at > 0 ? account.slice(0, at).trim() : account;
  const suffix = at > 0 ? account.slice(at + 1).trim() : '';
  const withoutSuffix = slash < 0 ? name : `${named}\\${name}`;
  return {
    written,
    domain: noDomains.has(named.toLowerCase()) ? '' : named,
    name,
    suffix,
    spellings: [...new Set([written, account, withoutSuffix, name])],
  };
}

/** `CORP\fay`, `AzureAD\fay` and `fay@corp.example` are `fay`: to be shown, with whatever is in it that nobody sees. */
export function withoutDomain(login: string): string {
  return partsOf(login).name;
}

/** A login without its domain, in lower case: two that are alike may be one person's. */
export function bareLogin(login: string): string {
  return readLogin(login).name.toLowerCase();
}

export function isBlankLogin(login: string): boolean {
  return bareLogin(login) === '';
}

/** Whether two may be one: of one name, and not in two domains. */
export function isSameLogin(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [readLogin(one), readLogin(other)];
  return (
    a.name.toLowerCase() === b.name.toLowerCase() &&
    mayBeOne(a.domain, b.domain) &&
    mayBeOne(a.suffix, b.suffix)
  );
}

function mayBeOne(one: string, other: string): boolean {
  return one === '' || other === '' || one.toLowerCase() === other.toLowerCase();
}

/** A pattern for logins, as the policy or somebody wrote it. */
export interface LoginPattern {
  /** It fits by any spelling of the login, or as one that names its domain in another way or not at all. */
  readonly fits: (login: Login) => boolean;
  /** The same of two patterns that stand for one login. */
  readonly meant: string;
  /** What `bareLogin` is of every login that it fits; undefined where it fits several. */
  readonly bare: string | undefined;
}

export function loginPattern(pattern: string): LoginPattern {
  const wanted = readLogin(pattern);
  if (/^\*+$/.test(wanted.written)) return { meant: '*', bare: undefined, fits: () => true };
  const isWritten = asLogins(wanted.written);
  const isNamed = asLogins(wanted.name);
  const isIn = { domain: asLogins(wanted.domain), suffix: asLogins(wanted.suffix) };
  const mayBeIn = (part: 'domain' | 'suffix', login: Login) =>
    wanted[part] === '' || login[part] === '' || isIn[part](login[part]);
  // A pattern with a domain means the login of this name without one, too; one without means no other.
  const mayFit = (login: Login) =>
    !/^\*+$/.test(wanted.name) && isNamed(login.name) && mayBeIn('domain', login) && mayBeIn('suffix', login);
  return {
    meant: (wanted.name.includes('*')
      ? [wanted.domain, wanted.name, wanted.suffix].join('\n')
      : wanted.name
    ).toLowerCase(),
    bare: wanted.written.includes('*') ? undefined : wanted.name.toLowerCase(),
    fits: (login) => login.name !== '' && (mayFit(login) || login.spellings.some(isWritten)),
  };
}

/** In lower case first, as logins are compared everywhere. */
function asLogins(pattern: string): Fits {
  const fits = wholePattern(pattern.toLowerCase());
  return (text) => fits(text.toLowerCase());
}
