import type { Fetch } from '../../net/fetch.ts';
import { ProxyFailure } from '../../net/proxy-failure.ts';

/** Not a byte of the request left: whatever it asked for has certainly not been done. */
export class NeverSent extends Error {
  constructor(cause: unknown) {
    super(proxyFailureIn(cause)?.message ?? 'the connection could not be made', { cause });
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

/** A `fetch` whose rejection is a `NeverSent` where that is certain, and an `Error` otherwise. */
export function notingNeverSent(send: Fetch): Fetch {
  return async (url, init) => {
    try {
      return await send(url, init);
    } catch (error) {
      const code = codeOf(error) ?? codeOf(causeOf(error));
      const isCertain = proxyFailureIn(error) || (code !== undefined && beforeSending.has(code));
      if (isCertain) throw new NeverSent(error);
      throw error instanceof Error ? error : new Error(String(error), { cause: error });
    }
  };
}

export function proxyFailureIn(error: unknown): ProxyFailure | undefined {
  return [error, causeOf(error)].find((each) => each instanceof ProxyFailure);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}
