import type { HttpClient } from '@azure/core-rest-pipeline';
import type { WayOut } from '../../net/way-out.ts';
import { AzureError } from './azure-error.ts';
import { clientThrough } from './client-through.ts';

export interface SignIn {
  readonly httpClient: HttpClient;
  /** Rejects with what the proxy did, where that is why there is no token: MSAL hands on nothing but its own words. */
  readonly orProxy: <T>(token: Promise<T>) => Promise<T>;
}

export function signInThrough(out: WayOut): SignIn {
  const client = clientThrough(out);
  let last: AzureError | undefined;
  return {
    httpClient: {
      async sendRequest(request) {
        try {
          const response = await client.sendRequest(request);
          last = undefined;
          return response;
        } catch (error) {
          last = error instanceof AzureError ? error : undefined;
          throw error;
        }
      },
    },
    orProxy: async (token) =>
      token.catch((error: unknown) => {
        throw last ?? error;
      }),
  };
}
