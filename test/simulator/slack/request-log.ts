import type { Changes } from './changes.ts';
import type { Json } from './json.ts';

/** One request that reached Slack, and what became of it. */
export interface LoggedRequest {
  readonly at: number;
  /** A Web API method, or `response_url`. */
  readonly method: string;
  readonly args: Json;
  /** Absent while the answer is being made. */
  readonly outcome?: Outcome;
}

/** `lost`: the caller got no answer, whether or not the request was carried out. */
export type Outcome = 'ok' | 'lost' | `refused: ${string}` | `status ${number}`;

export interface RequestLog {
  readonly all: readonly LoggedRequest[];
  /** How many there were, of one method or of all. */
  count(method?: string): number;
  /** The first request that has its outcome and for which the predicate holds, past ones included. */
  waitFor(predicate: (request: LoggedRequest) => boolean, timeoutMs?: number): Promise<LoggedRequest>;
}

export interface RequestRecorder {
  readonly log: RequestLog;
  record(method: string, args: Json): (outcome: Outcome) => void;
}

export function createRequestLog(clock: () => number, changes: Changes): RequestRecorder {
  const all: (LoggedRequest & { outcome?: Outcome })[] = [];
  return {
    log: {
      all,
      count: (method) =>
        method === undefined ? all.length : all.filter((each) => each.method === method).length,
      waitFor: (predicate, timeoutMs) =>
        changes.until(
          () => all.find((each) => each.outcome !== undefined && predicate(each)),
          'the request',
          timeoutMs,
        ),
    },
    record: (method, args) => {
      const request: LoggedRequest & { outcome?: Outcome } = { at: clock(), method, args };
      all.push(request);
      changes.note();
      return (outcome) => {
        request.outcome = outcome;
        changes.note();
      };
    },
  };
}
