/** Absolute, with an api-version. */
export function pollAddress(given: string, base: string, apiVersion: string): string | undefined {
  if (!URL.canParse(given, base)) return undefined;
  const url = new URL(given, base);
  const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
  if (!names.includes('api-version')) url.searchParams.set('api-version', apiVersion);
  return url.href;
}
