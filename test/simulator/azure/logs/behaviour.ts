import type { Excess } from '../excess.ts';
import type { LogsErrorOptions } from './errors.ts';

/** Whose logs a query asks for. */
export type LogsForm = 'resource' | 'workspace';

/** What a query meets instead of its answer, or together with it. */
export interface LogsFault {
  readonly error?: LogsErrorOptions;
  readonly hang?: boolean;
  readonly reset?: boolean;
  /** 204, as for a workspace without any data. */
  readonly noContent?: boolean;
  /** An answer of success with any other body: `{ json }`, or `{ text }` as it is, which may be empty. */
  readonly body?: { readonly json: unknown } | { readonly text: string };
  readonly excess?: Excess;
  /** Half of the rows, or as many as it says, beside an error. */
  readonly partial?: boolean | number;
}

export interface LogsChange extends LogsFault {
  /** From now on. */
  readonly latencyMs?: number;
  /** Which queries; all unless given. */
  readonly on?: LogsForm;
  /** How often; for ever unless given. */
  readonly times?: number;
}

export interface LogsBehaviour {
  latencyMs(): number;
  /** The fault that is due for this query, used up by asking. */
  faultFor(form: LogsForm): LogsFault;
  behave(change: LogsChange): void;
  behaveNormally(): void;
}

export function logsBehaviour(): LogsBehaviour {
  let latency = 0;
  let faults: { fault: LogsFault; on: LogsForm | undefined; left: number }[] = [];
  return {
    latencyMs: () => latency,
    faultFor(form) {
      const due = faults.find(({ left, on = form }) => left > 0 && on === form);
      if (!due) return {};
      due.left -= 1;
      return due.fault;
    },
    behave({ latencyMs = latency, on, times = Number.POSITIVE_INFINITY, ...fault }) {
      latency = latencyMs;
      if (Object.keys(fault).length > 0) faults.push({ fault, on, left: times });
    },
    behaveNormally() {
      latency = 0;
      faults = [];
    },
  };
}
