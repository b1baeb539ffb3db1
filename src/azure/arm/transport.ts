import type { HttpClient } from '@azure/core-rest-pipeline';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { bodyOf } from './body.ts';

const everyStatus = new Set([Number.POSITIVE_INFINITY]);

/**
 * The SDK's way to Azure, which takes no more of any answer than the limits allow. It unpacks by itself: the SDK waits
 * for ever for the end of a packed body whose connection is torn.
 */
function limitedTransport(): HttpClient {
  const client = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const work = request.abortSignal;
      if (!(work instanceof AbortSignal)) throw new Error('A request to Azure belongs to work with a signal');
      // Were it among the request's own headers, the SDK would unpack.
      const headers = {
        ...request.headers.toJSON({ preserveCase: true }),
        'Accept-Encoding': 'gzip, deflate',
      };
      const streamed = await client.sendRequest({
        ...request,
        streamResponseStatusCodes: everyStatus,
        requestOverrides: { headers },
      });
      const bodyAsText = await bodyOf(streamed, work);
      return { status: streamed.status, headers: streamed.headers, request, bodyAsText };
    },
  };
}

/** One for all clients, which then share its connections. */
export const transport = limitedTransport();
