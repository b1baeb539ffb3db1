import type { TokenCredential } from '@azure/identity';
import { DefaultAzureCredential } from '@azure/identity';
import { AzureError } from './azure-error.ts';
import type { Cloud } from './clouds.ts';

/**
 * Signs in as AZURE_TOKEN_CREDENTIALS and the other variables of `@azure/identity` say.
 * Throws, in words for an administrator, on an AZURE_TOKEN_CREDENTIALS that the SDK does not know.
 */
export function azureCredential({ authorityHost }: Cloud): TokenCredential {
  return new DefaultAzureCredential({ authorityHost });
}

/** The same credential, whose every failure to get a token is `signed-out`. */
export function orSignedOut(credential: TokenCredential): TokenCredential {
  return {
    async getToken(scopes, options) {
      const token = await credential.getToken(scopes, options).catch((cause: unknown) => {
        throw signedOut(cause);
      });
      if (!token) throw signedOut();
      return token;
    },
  };
}

/** Entra names its reasons AADSTS…; the rest of its message holds ids. */
function signedOut(cause?: unknown): AzureError {
  const code = cause instanceof Error ? (/AADSTS\d+/.exec(cause.message)?.[0] ?? cause.name) : 'NoToken';
  return new AzureError({ kind: 'signed-out' }, { code }, { cause });
}
