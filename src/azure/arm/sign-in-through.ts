import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { WayOut } from '../../net/way-out.ts';
import { AzureError } from './azure-error.ts';
import { clientThrough } from './client-through.ts';

export interface SignIn {
  readonly httpClient: HttpClient;
  /** Rejects with what the proxy did to this call, where that is why there is no token: MSAL hands on only its own words. */
  readonly orProxy: <T>(ask: () => Promise<T>) => Promise<T>;
}

export function signInThrough(out: WayOut): SignIn {
  const client = clientThrough(out);
  const calls = new AsyncLocalStorage<{ failure?: AzureError | undefined }>();
  const note = (failure?: AzureError) => {
    const call = calls.getStore();
    if (call) call.failure = failure;
  };
  return {
    httpClient: {
      async sendRequest(request) {
        try {
          const response = await client.sendRequest(request);
          note();
          return response;
        } catch (error) {
          note(error instanceof AzureError ? error : undefined);
          throw error;
        }
      },
    },
    orProxy: async (ask) => {
      const call: { failure?: AzureError | undefined } = {};
      return calls.run(call, ask).catch((error: unknown) => {
        throw call.failure ?? error;
      });
    },
  };
}
