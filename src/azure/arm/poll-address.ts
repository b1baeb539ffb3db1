import type { Cloud } from './clouds.ts';

/**
 * Whether the token may be sent to this address: https, on the configured host, or on the Resource Manager host of
 * the cloud or a subdomain of it.
 */
export function isTrustedAddress(url: URL, resourceManagerUrl: string, cloud: Cloud): boolean {
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  const { host } = new URL(cloud.resourceManagerUrl);
  return url.host === new URL(resourceManagerUrl).host || url.host === host || url.host.endsWith(`.${host}`);
}

/** The address to follow, absolute and with an api-version; undefined when it is none. */
export function pollAddress(given: string, base: string, apiVersion: string): string | undefined {
  if (!URL.canParse(given, base)) return undefined;
  const url = new URL(given, base);
  const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
  if (!names.includes('api-version')) url.searchParams.set('api-version', apiVersion);
  return url.href;
}
