import { BlockList, isIP } from 'node:net';

export type Bypass = (host: string, port: number) => boolean;

export interface NoProxy {
  readonly bypasses: Bypass;
  readonly ignored: readonly string[];
}

/** `*`, a host, `.example.com` or `*.example.com` (the domain and all below), an address, a range (`10.0.0.0/8`); all but `*` and ranges may have a port. No name is looked up. */
export function readNoProxy(list: string): NoProxy {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  const read = entries.map((entry) => [entry, bypassOf(entry)] as const);
  const known = read.flatMap(([, bypass]) => bypass ?? []);
  return {
    bypasses: (host, port) => known.some((bypass) => bypass(canonical(host), port)),
    ignored: read.flatMap(([entry, bypass]) => (bypass ? [] : [entry])),
  };
}

function bypassOf(entry: string): Bypass | undefined {
  if (entry === '*') return () => true;
  if (entry.includes('/')) return bypassOfRange(entry);
  const address = isIP(entry)
    ? { host: entry }
    : /^\[?(?<host>.+?)\]?(?::(?<port>\d+))?$/.exec(entry)?.groups;
  const { host = '', port } = address ?? {};
  const isHere = bypassOfHost(host);
  if (!isHere || port === undefined) return isHere;
  return (asked, askedPort) => askedPort === Number(port) && isHere(asked, askedPort);
}

function bypassOfHost(host: string): Bypass | undefined {
  if (isIP(host)) {
    const address = canonical(host);
    return (asked) => asked === address;
  }
  const [, star, name] = /^(\*?\.)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?$/.exec(host) ?? [];
  if (name === undefined) return undefined;
  return star === undefined
    ? (asked) => asked === name
    : (asked) => asked === name || asked.endsWith(`.${name}`);
}

function bypassOfRange(entry: string): Bypass | undefined {
  const [, address = '', bits = ''] = /^\[?([^/\]]+)\]?\/(\d{1,3})$/.exec(entry) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  const range = new BlockList();
  range.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return (asked) => isIP(asked) !== 0 && range.check(asked, isIP(asked) === 4 ? 'ipv4' : 'ipv6');
}

/** A URL writes addresses shortest. */
function canonical(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return isIP(name) === 6 ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name;
}
