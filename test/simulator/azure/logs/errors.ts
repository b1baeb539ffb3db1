import { KqlError } from '../kql/error.ts';
import type { Answer } from '../reply.ts';
import { retryAfterHeader } from '../reply.ts';

export interface LogsErrorOptions {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  readonly innererror?: InnerError;
  readonly retryAfter?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface InnerError {
  readonly code: string;
  readonly message: string;
  readonly innererror?: InnerError;
  readonly line?: number;
  readonly pos?: number;
  readonly token?: string;
}

/** https://learn.microsoft.com/azure/azure-monitor/logs/api/errors */
const messages: Readonly<Record<string, string>> = {
  AuthenticationFailed: "Authentication failed. The 'Authorization' header is missing.",
  BadArgumentError: 'The request had some invalid properties',
  InsufficientAccessError:
    'The provided credentials have insufficient access to perform the requested operation',
  InvalidAuthenticationToken: 'The access token is invalid.',
  InvalidAuthenticationTokenAudience: 'The access token has been obtained from wrong audience or resource.',
  PathNotFoundError: 'The requested path does not exist',
  ThrottledError: 'The rate limit of queries is exceeded',
};

export function logsError(
  { code, headers, innererror, message = messages[code] ?? code, retryAfter, status }: LogsErrorOptions,
  correlationId: string,
): Answer {
  return {
    status,
    body: { error: { message, code, correlationId, ...(innererror && { innererror }) } },
    headers: { ...headers, ...retryAfterHeader(retryAfter) },
  };
}

export function notAllowed(): LogsErrorOptions {
  const message = 'The service principal does not have sufficient permissions';
  return {
    status: 403,
    code: 'InsufficientAccessError',
    innererror: { code: 'UnauthorizedClient', message },
  };
}

/** What the engine says stands two levels deep. */
export function refusedQuery(error: unknown): LogsErrorOptions {
  if (!(error instanceof KqlError)) throw error;
  const { code, kind, message, place } = error;
  const general = {
    SemanticError: 'A semantic error occurred.',
    SyntaxError: 'A recognition error occurred in the query.',
  };
  const innererror = { code, message, ...place };
  return badArgument({ code: kind, message: general[kind], innererror });
}

export function badArgument(innererror: InnerError): LogsErrorOptions {
  return { status: 400, code: 'BadArgumentError', innererror };
}

/** Beside the tables of an answer that is not whole. */
export const partialError = {
  code: 'PartialError',
  message: 'There were some errors when processing your query.',
  details: [
    {
      code: 'EngineError',
      message: 'Something went wrong processing your query on the server.',
      innererror: {
        code: '-2133196797',
        message: 'The results of this query exceed the set limit of 64000000 bytes.',
        severity: 2,
        severityName: 'Error',
      },
    },
  ],
};
