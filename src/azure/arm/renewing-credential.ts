import type { AccessToken, TokenCredential } from '@azure/identity';
import { AzureError } from './azure-error.ts';
import type { Credential } from './credential.ts';
import { withDeadline } from './deadline.ts';

/** All clients share one token; a renewal replaces it for all at once. */
export interface RenewingCredential extends TokenCredential {
  renew(refused: string): Promise<Renewal>;
}

/** `same`: still the refused token. `too-soon`: the refused one came of a renewal less than a minute ago. */
export type Renewal = 'another' | 'same' | 'too-soon';

export interface RenewingOptions {
  readonly credential: Credential;
  readonly scope: string;
  readonly clock: () => number;
  readonly deadlineMs: number;
}

const refreshBeforeExpiryMs = 120_000;
/** A token with less life left may expire on its way. */
const leastLifeMs = 5000;
const renewalIntervalMs = 60_000;

/** Rejects with `signed-out` whatever failed, but for the proxy. */
export function renewingCredential(options: RenewingOptions): RenewingCredential {
  const { clock, credential, deadlineMs, scope } = options;
  let held: AccessToken | undefined;
  let refreshing: Promise<AccessToken> | undefined;
  let renewal:
    { readonly refused: string; readonly at: number; readonly token: Promise<AccessToken> } | undefined;

  let challenge:
    { readonly claims: string; readonly at: number; readonly token: Promise<AccessToken> } | undefined;

  async function ask(claims?: string): Promise<AccessToken> {
    const before = held;
    const token = await granted(deadlineMs, async (abortSignal) =>
      credential.getToken(scope, { abortSignal, enableCae: true, ...(claims && { claims }) }),
    );
    // A renewal in the meantime asked past the caches; this call may not have.
    if (held === before) held = token;
    return token;
  }

  async function replace(refused: string): Promise<AccessToken> {
    held = await granted(deadlineMs, async () => credential.getTokenInsteadOf(refused, scope));
    return held;
  }

  async function challengedWith(claims: string): Promise<AccessToken> {
    const now = clock();
    if (challenge?.claims !== claims || Math.abs(now - challenge.at) >= renewalIntervalMs) {
      challenge = { claims, at: now, token: ask(claims) };
    }
    return challenge.token;
  }

  async function current(): Promise<AccessToken> {
    const now = clock();
    if (held && now < refreshAtOf(held)) return held;
    refreshing ??= ask().finally(() => {
      refreshing = undefined;
    });
    if (!held || now >= held.expiresOnTimestamp - leastLifeMs) return refreshing;
    refreshing.catch(() => undefined);
    return held;
  }

  return {
    async getToken(_scopes, { claims } = {}) {
      const { token } = claims ? await challengedWith(claims) : await current();
      // Each client of the SDK would keep the token until it expires, so it hears that it has.
      return { token, expiresOnTimestamp: 0 };
    },
    async renew(refused) {
      if (held && held.token !== refused) return 'another';
      const now = clock();
      // A clock that steps back does not put it off.
      if (!renewal || Math.abs(now - renewal.at) >= renewalIntervalMs) {
        renewal = { refused, at: now, token: replace(refused) };
      }
      if (renewal.refused !== refused) return 'too-soon';
      return (await renewal.token).token === refused ? 'same' : 'another';
    },
  };
}

function refreshAtOf({ expiresOnTimestamp, refreshAfterTimestamp = Infinity }: AccessToken): number {
  return Math.min(refreshAfterTimestamp, expiresOnTimestamp - refreshBeforeExpiryMs);
}

export async function granted(
  deadlineMs: number,
  request: (signal: AbortSignal) => Promise<AccessToken | null>,
): Promise<AccessToken> {
  const token = await withDeadline(deadlineMs, request).catch((cause: unknown) => {
    throw noToken(cause);
  });
  if (!token) throw noToken();
  return token;
}

/** The rest of Entra's message holds ids. */
function noToken(cause?: unknown): AzureError {
  if (cause instanceof AzureError && cause.failure.kind === 'unreachable') return cause;
  const code = cause instanceof Error ? (/AADSTS\d+/.exec(cause.message)?.[0] ?? cause.name) : 'NoToken';
  return new AzureError({ kind: 'signed-out', because: 'no-token' }, { code }, { cause });
}
