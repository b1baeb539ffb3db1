import type { HttpClient } from '@azure/core-rest-pipeline';
import type { WayOut } from '../../net/way-out.ts';
import { bodyOf } from './body.ts';
import { clientThrough } from './client-through.ts';

const everyStatus = new Set([Number.POSITIVE_INFINITY]);

/** Unpacks by itself and within limits: the SDK waits for ever for the end of a torn packed body. */
export function transport(out: WayOut): HttpClient {
  const client = clientThrough(out);
  return {
    async sendRequest(request) {
      const work = request.abortSignal;
      if (!(work instanceof AbortSignal)) throw new Error('A request to Azure belongs to work with a signal');
      // Among the request's own headers it would make the SDK unpack.
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
