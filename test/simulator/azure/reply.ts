/** What a route answers. `hang`: never. `reset`: the connection is torn down. */
export type Reply = Answer | 'hang' | 'reset';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string or bytes go out as they are; undefined is no body. */
  readonly body?: unknown;
  /** The connection is torn after so many bytes of the body. */
  readonly tornAfterBytes?: number;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export interface ArmErrorOptions {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  /** The header: seconds, or a date. */
  readonly retryAfter?: number | string;
  /** More errors inside this one, as providers nest them. */
  readonly details?: readonly object[];
  readonly headers?: Readonly<Record<string, string>>;
}

export function armError({
  code,
  details,
  headers,
  message = code,
  retryAfter,
  status,
}: ArmErrorOptions): Answer {
  return {
    status,
    body: { error: { code, message, ...(details && { details }) } },
    headers: { ...headers, ...retryAfterHeader(retryAfter) },
  };
}

export function retryAfterHeader(retryAfter: number | string | undefined): Record<string, string> {
  return retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
}
