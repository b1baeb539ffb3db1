import type { PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { Trace } from './azure-error.ts';
import { AzureError, notUnderstood } from './azure-error.ts';
import type { JsonObject } from './json.ts';
import { parseJson, textOf } from './json.ts';
import type { NamedError } from './named-errors.ts';
import { isOfSubscription, namedErrorsIn } from './named-errors.ts';
import { fullBucketMs, retryAfterMs } from './retry-after.ts';
import type { Asked } from './failure-named.ts';
import { actionIn, failureByName } from './failure-named.ts';

export function errorOfAnswer(answer: PipelineResponse, asked: Asked, now: number): AzureError {
  const named = namedErrorsIn(parseJson(answer.bodyAsText));
  const code = named[0]?.code ?? `HTTP ${answer.status}`;
  const waitMs = retryAfterMs(answer.headers, now) ?? named.find((one) => one.waitMs !== undefined)?.waitMs;
  const failure =
    failureByName(named, asked) ?? failureByStatus({ status: answer.status, code, named }, asked);
  const codes = named.flatMap((one) => one.code ?? []);
  const trace = { ...traceOf(answer), code, ...(codes.length > 1 && { codes }) };
  if (failure === 'throttled') {
    const retryAt = now + (waitMs ?? fullBucketMs(answer.request.method));
    return new AzureError({ kind: failure, retryAt, of: throttledOf(answer, named) }, trace);
  }
  return new AzureError({ ...failure, ...(waitMs !== undefined && { retryAt: now + waitMs }) }, trace);
}

export function errorOfOperation(body: JsonObject, asked: Asked, trace: Trace): AzureError {
  const named = namedErrorsIn(body);
  const code = named[0]?.code ?? textOf(body['status']) ?? 'Failed';
  return new AzureError(failureByName(named, asked) ?? { kind: 'failed', code }, { ...trace, code });
}

export function errorOfRest(error: RestError, asked: Asked, now: number): AzureError {
  const { code, request, response } = error;
  if (response && response.status >= 300) return errorOfAnswer(response, asked, now);
  if (response) return notUnderstood('no JSON body', traceOf(response));
  const trace = { ...(code && { code }), ...(request && { clientRequestId: request.requestId }) };
  return new AzureError({ kind: 'unreachable' }, trace, { cause: error });
}

export function traceOf({ headers, request, status }: PipelineResponse): Trace {
  const correlationId = headers.get('x-ms-correlation-request-id');
  return { status, clientRequestId: request.requestId, ...(correlationId && { correlationId }) };
}

function failureByStatus(
  {
    status,
    code,
    named,
  }: { readonly status: number; readonly code: string; readonly named: readonly NamedError[] },
  { action, ofSessions = false }: Asked,
): AzureFailure | 'throttled' {
  switch (status) {
    case 401:
      return { kind: 'signed-out', because: 'refused' };
    case 403:
      return { kind: 'forbidden', action: actionIn(named[0]?.message ?? '') ?? action };
    case 429:
      return 'throttled';
    // A host that comes back may be missing for a while, and a conflict passes; 407 is of a proxy.
    case 404:
    case 408:
    case 409:
    case 407:
      return { kind: 'failed', code };
    default: {
      // Without a name of Azure's the status is of something on the way.
      const isFinal = ofSessions && status >= 400 && status < 500 && named[0]?.code !== undefined;
      return { kind: isFinal ? 'unsupported' : 'failed', code };
    }
  }
}

function throttledOf({ headers }: PipelineResponse, named: readonly NamedError[]): 'subscription' | 'host' {
  const isUsedUp = Object.entries(headers.toJSON()).some(
    ([name, left]) => /^x-ms-ratelimit-remaining-(subscription|tenant)-/i.test(name) && left.trim() === '0',
  );
  return isUsedUp || named.some(isOfSubscription) ? 'subscription' : 'host';
}
