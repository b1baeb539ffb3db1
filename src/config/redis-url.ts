export interface RedisAddress {
  /** Scheme in lower case, user and password percent-encoded: every reader of URLs reads it alike. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Encrypted, or on this machine. */
  readonly isSheltered: boolean;
  readonly host?: string;
}

export type ReadRedisUrl =
  { readonly ok: true; readonly address: RedisAddress } | { readonly ok: false; readonly mistake: string };

const encoding = 'write / as %2F, ? as %3F, # as %23, @ as %40 and % as %25 in it';
const form = (scheme: string) => `${scheme}://:PASSWORD@HOST:PORT`;

/** Takes what people paste: Azure's keys, quotes, capitals. Refuses what may mean two things; no mistake shows what was given. */
export function readRedisUrl(pasted: string): ReadRedisUrl {
  const text = withoutQuotes(pasted.trim());
  if (/,(password|ssl|user|abortConnect)=/i.test(text)) {
    return wrong(`this is the connection string of Azure's portal; write ${form('rediss')} instead`);
  }
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/i.exec(text) ?? [];
  switch (scheme.toLowerCase()) {
    case 'redis':
    case 'rediss':
      return readNetworkUrl(scheme.toLowerCase(), rest);
    case 'unix':
      return rest.startsWith('/')
        ? { ok: true, address: { url: `unix://${rest}`, user: '', password: '', isSheltered: true } }
        : wrong('expected a path that begins with / after unix://');
    default:
      return wrong('expected a redis://, rediss:// or unix:// URL');
  }
}

const place = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?(?:\/(\d*))?(?:\?family=([046]))?$/i;

function readNetworkUrl(scheme: string, rest: string): ReadRedisUrl {
  // No host, port or number holds an @: before the last are the user and the password.
  const at = rest.lastIndexOf('@');
  const [, host, port, database, family] = place.exec(rest.slice(at + 1)) ?? [];
  if (host === undefined || !isPort(port)) {
    return wrong(
      `expected ${form(scheme)} and nothing after it but / and the number of a database; in the password ${encoding}`,
    );
  }
  const signIn = readSignIn(rest.slice(0, Math.max(at, 0)));
  if (typeof signIn === 'string') return wrong(signIn);
  // Other readers end the host at such a character.
  if (/[/?#]/.test(rest.slice(0, Math.max(at, 0))) && URL.canParse(`${scheme}://${rest}`)) {
    return wrong(`it can be read in two ways; ${encoding}, where it belongs to the password`);
  }
  const { user, password } = signIn;
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`;
  const before = user === '' && password === '' ? '' : `${encodeURIComponent(user)}${secret}@`;
  const after = `${port ? `:${port}` : ''}${database ? `/${database}` : ''}${family ? `?family=${family}` : ''}`;
  const isSheltered = scheme === 'rediss' || isLoopback(host);
  return {
    ok: true,
    address: { url: `${scheme}://${before}${host}${after}`, user, password, isSheltered, host },
  };
}

function readSignIn(text: string): { readonly user: string; readonly password: string } | string {
  const [before = '', ...after] = text.split(':');
  if (after.length === 0 && !/^[\w.~%-]*$/.test(before)) {
    return 'expected a colon before the password: rediss://:PASSWORD@HOST:PORT';
  }
  const user = decoded(before);
  const password = decoded(after.join(':'));
  return user === undefined || password === undefined
    ? `its password is percent-encoded only in part; ${encoding}`
    : { user, password };
}

/** Undefined where only some of it is percent-encoded. */
function decoded(text: string): string | undefined {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  const [, ...afterPercents] = text.split('%');
  if (/[/?#@]/.test(text) || !afterPercents.every((after) => /^[0-9a-f]{2}/i.test(after))) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Some files of variables keep them. */
function withoutQuotes(text: string): string {
  const isQuoted = /^["']./.test(text) && text.endsWith(text.charAt(0));
  return isQuoted ? text.slice(1, -1).trim() : text;
}

function isPort(port: string | undefined): boolean {
  return port === undefined || (Number(port) > 0 && Number(port) <= 65_535);
}

export function isLoopback(host: string): boolean {
  return /^(localhost|\[::1\]|127(\.\d+){3})$/i.test(host);
}

export function withoutSignIn({ url }: RedisAddress): string {
  const [before = '', after] = url.split('@');
  return after === undefined ? url : `${before.slice(0, before.indexOf('//') + 2)}${after}`;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function entraMistakes(pasted = ''): readonly string[] {
  const read = readRedisUrl(pasted);
  const because = 'because REDIS_CREDENTIAL is entra';
  if (pasted === '') return [`REDIS_URL: expected rediss://OBJECT-ID@HOST:PORT, ${because}; got nothing`];
  if (!read.ok) return [];
  const { isSheltered, password, user } = read.address;
  const mistakes: string[] = [];
  if (password !== '') mistakes.push(`REDIS_URL: expected no password, ${because}; got one`);
  if (!guid.test(user)) {
    mistakes.push(`REDIS_URL: expected the object id of the bot's identity (a GUID) as the user, ${because}`);
  }
  if (!isSheltered) mistakes.push(`REDIS_URL: expected rediss://, ${because}; got redis://`);
  return mistakes;
}

export function redisWarnings({ host, isSheltered, password }: RedisAddress): readonly string[] {
  if (isSheltered) return [];
  const secret = password === '' ? '' : 'its password and ';
  return [
    `REDIS_URL: redis:// to ${host} is not encrypted: anyone on the way reads ${secret}what is stored, and can change it, so that sessions end without anybody's approval; write rediss://, in a private network too`,
  ];
}

function wrong(mistake: string): ReadRedisUrl {
  return { ok: false, mistake };
}
