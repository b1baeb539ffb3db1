import type { Incoming } from './listener.ts';
import type { LoggedRequest, RequestKind } from './request-log.ts';

interface Circumstances {
  readonly kind: RequestKind;
  readonly at: number;
  readonly correlationId: string;
}

export function loggedRequest(incoming: Incoming, circumstances: Circumstances): LoggedRequest {
  const { headers, method, path, query, text } = incoming;
  return { ...circumstances, method, host: headers.host ?? '', path, query, headers, body: parsedBody(text) };
}

/** Undefined when it is not JSON. */
export function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
