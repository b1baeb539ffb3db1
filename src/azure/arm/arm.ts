import type { NetworkManagementClient } from '@azure/arm-network';
import type { HttpHeaders, HttpMethods, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { createHttpHeaders, createPipelineRequest, isRestError } from '@azure/core-rest-pipeline';
import type { Asked } from './failure-named.ts';
import { errorOfAnswer, errorOfRest, traceOf } from './arm-error.ts';
import type { Trace } from './azure-error.ts';
import { httpDate } from './http-date.ts';
import { parseJson } from './json.ts';

export interface ArmRequest extends Asked {
  readonly method: HttpMethods;
  readonly url: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ArmAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** By Azure's clock, in whole seconds. */
  readonly answeredAt: number | undefined;
  readonly body: unknown;
  readonly isEmpty: boolean;
  readonly trace: Trace;
}

/** Sends once. Throws an AzureError for every other outcome than success. */
export type Arm = (request: ArmRequest, signal: AbortSignal) => Promise<ArmAnswer>;

export function resourceManager(client: NetworkManagementClient, clock: () => number): Arm {
  // The SDK must not fail on an answer before `requestsThrough` reads it.
  client.pipeline.removePolicy({ name: 'deserializationPolicy' });
  return requestsThrough(async (request) => client.sendRequest(request), clock);
}

export function requestsThrough(
  send: (request: PipelineRequest) => Promise<PipelineResponse>,
  clock: () => number,
): Arm {
  return async (asked, signal) => {
    const { body, headers: more, method, url } = asked;
    const request = createPipelineRequest({
      url,
      method,
      abortSignal: signal,
      headers: createHttpHeaders({ accept: 'application/json', ...more }),
    });
    if (body) {
      request.headers.set('content-type', 'application/json');
      request.body = JSON.stringify(body);
    }
    const response = await send(request).catch((error: unknown) => {
      throw isRestError(error) ? errorOfRest(error, asked, clock()) : error;
    });
    const { bodyAsText, headers, status } = response;
    if (status < 200 || status >= 300) throw errorOfAnswer(response, asked, clock());
    return {
      status,
      headers,
      answeredAt: httpDate(headers.get('date')),
      body: parseJson(bodyAsText),
      isEmpty: !bodyAsText,
      trace: traceOf(response),
    };
  };
}
