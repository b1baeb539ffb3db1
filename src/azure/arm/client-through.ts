import type { HttpClient } from '@azure/core-rest-pipeline';
import { createDefaultHttpClient, isRestError } from '@azure/core-rest-pipeline';
import { troubleOf } from '../../net/proxy-failure.ts';
import type { WayOut } from '../../net/way-out.ts';
import { AzureError } from './azure-error.ts';

/** A proxy that is never used keeps the SDK from reading ALL_PROXY, at which it throws where that is no URL. */
export const asksNoVariable = { proxyOptions: { host: 'http://127.0.0.1', port: 9 } } as const;

/** The SDK would read the proxy's variables by itself and give NO_PROXY another meaning. Throws an `AzureError` where the proxy failed. */
export function clientThrough(out: WayOut): HttpClient {
  const client = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const isSecure = new URL(request.url).protocol === 'https:';
      // Plain http is for the endpoints of managed identities, which no proxy knows.
      const { agent: _ofTheSdk, ...asked } = request;
      const sent = client.sendRequest({ ...asked, ...(isSecure && { agent: out.agent }) });
      return sent.catch((error: unknown) => {
        const { code, request: failed } = isRestError(error) ? error : {};
        const proxy = troubleOf(code, out.proxyName ?? '');
        if (!proxy) throw error;
        const trace = { code: String(code), ...(failed && { clientRequestId: failed.requestId }) };
        throw new AzureError({ kind: 'unreachable', proxy }, trace, { cause: error });
      });
    },
  };
}
