import type { HttpsProxy } from '../net/https-proxy.ts';
import type { NoProxy } from './no-proxy.ts';
import { readNoProxy } from './no-proxy.ts';

/** Through a proxy a token would be refused, or be another machine's: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token */
const alwaysDirect = 'localhost,.localhost,127.0.0.0/8,::1,169.254.0.0/16,fe80::/10';

/** The variables of `@azure/identity`. */
const identityEndpoints = [
  'IDENTITY_ENDPOINT',
  'MSI_ENDPOINT',
  'IMDS_ENDPOINT',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
];

export interface ProxySettings {
  readonly proxy: HttpsProxy;
  readonly ignored: readonly string[];
}

export function isProxyUrl({ hostname, password, pathname, protocol, search, username, hash }: URL): boolean {
  const isPlain = pathname === '/' && search === '' && hash === '';
  return (
    ['http:', 'https:'].includes(protocol) &&
    hostname !== '' &&
    isPlain &&
    [username, password].every(isEncoded)
  );
}

export function proxySettings(
  address: string,
  noProxy: string,
  env: Readonly<Record<string, string | undefined>>,
): ProxySettings {
  const url = new URL(address);
  const { ignored, bypasses } = readNoProxy(noProxy);
  const { bypasses: isDirect } = direct(env);
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (scheme === 'https' ? 443 : 80));
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  const isNamed = url.username !== '' || url.password !== '';
  return {
    ignored,
    proxy: {
      scheme,
      host,
      port,
      name: `${url.hostname}:${port}`,
      ...(isNamed && {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      }),
      covers: (asked, askedPort) => !isDirect(asked, askedPort) && !bypasses(asked, askedPort),
    },
  };
}

function direct(env: Readonly<Record<string, string | undefined>>): NoProxy {
  const endpoints = identityEndpoints.flatMap((name) => {
    const address = env[name];
    return address !== undefined && URL.canParse(address) ? [new URL(address).hostname] : [];
  });
  return readNoProxy([alwaysDirect, ...endpoints].join());
}

function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
