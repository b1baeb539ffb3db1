/** Not a byte of the request left: whatever it asked for has certainly not been done. */
export class NeverSent extends Error {
  constructor(cause: unknown) {
    super('the connection could not be made', { cause });
    this.name = 'NeverSent';
  }
}

/** https://nodejs.org/api/errors.html#common-system-errors and undici's own names. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** `fetch` whose rejection is a `NeverSent` where that is certain, and an `Error` otherwise. */
export async function fetchNotingNeverSent(url: string | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const code = codeOf(error) ?? codeOf(causeOf(error));
    if (code !== undefined && beforeSending.has(code)) throw new NeverSent(error);
    throw error instanceof Error ? error : new Error(String(error), { cause: error });
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}
