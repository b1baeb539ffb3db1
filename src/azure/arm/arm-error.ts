import type { PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { Trace } from './azure-error.ts';
import { AzureError, notUnderstood } from './azure-error.ts';
import type { JsonObject } from './json.ts';
import { isObject, parseJson, textOf } from './json.ts';
import { retryAtOf } from './retry-after.ts';

/** What was asked, as far as it matters for what an error means. */
export interface Asked {
  /** The right it takes. */
  readonly action: string;
  /** Asked of a host itself, so a resource that is not found is that host. */
  readonly ofHost?: boolean;
}

export function errorOfAnswer(answer: PipelineResponse, asked: Asked, now: number): AzureError {
  const { code, message } = armErrorIn(parseJson(answer.bodyAsText));
  const named = code ?? `HTTP ${answer.status}`;
  const failure =
    failureByCode(named, message, asked) ??
    failureByStatus(answer.status, named, message, asked, retryAtOf(answer.headers, now));
  return new AzureError(failure, { ...traceOf(answer), code: named });
}

/** For an operation that says in its body how it failed. */
export function errorOfOperation(body: JsonObject, asked: Asked, trace: Trace): AzureError {
  const { code = textOf(body['status']) ?? 'Failed', message } = armErrorIn(body);
  return new AzureError(failureByCode(code, message, asked) ?? { kind: 'failed', code }, { ...trace, code });
}

/** For what the SDK throws: an answer it refuses, or no answer at all. */
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

function failureByCode(code: string, message: string, { action, ofHost }: Asked): AzureFailure | undefined {
  switch (code) {
    case 'AuthorizationFailed':
    case 'LinkedAuthorizationFailed':
      return { kind: 'forbidden', action: actionIn(message) ?? action };
    case 'ResourceNotFound':
    case 'ResourceGroupNotFound':
      return ofHost ? { kind: 'host-gone' } : undefined;
    case 'ScopeLocked':
      return { kind: 'locked' };
    case 'AnotherOperationInProgress':
    case 'RetryableErrorDueToAnotherOperation':
      return { kind: 'busy' };
    default:
      return undefined;
  }
}

function failureByStatus(
  status: number,
  code: string,
  message: string,
  { action }: Asked,
  retryAt: number,
): AzureFailure {
  switch (status) {
    case 401:
      return { kind: 'signed-out' };
    case 403:
      return { kind: 'forbidden', action: actionIn(message) ?? action };
    case 429:
      return { kind: 'throttled', retryAt };
    default:
      return { kind: 'failed', code };
  }
}

function armErrorIn(body: unknown): { readonly code?: string; readonly message: string } {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : body;
  if (!isObject(error)) return { message: '' };
  const code = textOf(error['code']);
  const isName = code !== undefined && /^[\w.-]{1,100}$/.test(code);
  return { message: textOf(error['message']) ?? '', ...(isName && { code }) };
}

/** The message also names object ids, which stay out of sight. */
function actionIn(message: string): string | undefined {
  return /perform action '([\w.-]+(?:\/[\w.-]+)+)'/.exec(message)?.[1];
}
