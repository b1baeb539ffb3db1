import type { AskToken } from '../ports/access-tokens.ts';
import { AzureError } from './arm/azure-error.ts';
import type { Credential } from './arm/credential.ts';
import { granted } from './arm/renewing-credential.ts';

const scope = 'https://redis.azure.com/.default';
const deadlineMs = 15_000;

export function redisTokens(credential: () => Promise<Credential>): AskToken {
  return async (insteadOf) => {
    try {
      const { token, expiresOnTimestamp } = await granted(deadlineMs, async (abortSignal) => {
        const signedIn = await credential();
        return insteadOf === undefined
          ? signedIn.getToken(scope, { abortSignal })
          : signedIn.getTokenInsteadOf(insteadOf, scope);
      });
      // Without an expiry it would be asked again at once, for ever.
      return isInstant(expiresOnTimestamp)
        ? { ok: true, token, expiresAt: expiresOnTimestamp }
        : { ok: false, why: 'no-expiry' };
    } catch (error) {
      return { ok: false, why: reasonOf(error) };
    }
  };
}

function isInstant(ms: number): boolean {
  return !Number.isNaN(new Date(ms).getTime());
}

function reasonOf(error: unknown): string {
  if (!(error instanceof AzureError)) return error instanceof Error ? error.name : 'unknown';
  const { cause, failure, trace } = error;
  return cause instanceof AzureError ? cause.failure.kind : (trace.code ?? failure.kind);
}
