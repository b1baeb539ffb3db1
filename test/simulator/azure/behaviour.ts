import type { Excess } from './excess.ts';
import type { ArmErrorOptions, Reply } from './reply.ts';
import { armError, ok } from './reply.ts';
import type { StartTimeForm } from './session-json.ts';

/** How a host answers while nothing is wrong with it. */
export interface Style {
  readonly answer: AnswerStyle;
  /** The documented `{value}`, the array that was seen, or any other body: `{ json }`, or `{ text }` as it is. */
  readonly body: 'value' | 'array' | { readonly json: unknown } | { readonly text: string };
  /** The answer that carries the result is this instead. */
  readonly excess?: Excess;
  /** Every page of the list names another one, with the same sessions. */
  readonly endlessPages: boolean;
  /** The status of the answer that carries the result. */
  readonly status: number;
  /** More headers on that answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long an operation runs. */
  readonly readyAfterMs: number;
  /** How often it must have been asked about first. */
  readonly readyAfterPolls: number;
  /** On every answer of an operation that still runs. */
  readonly retryAfter?: number | string;
  readonly latencyMs: number;
  /** From this many sessions on the list comes in pages. */
  readonly pageSize: number;
  readonly startTime: StartTimeForm;
  /** Fields that no document names, e.g. `{ clientIpAddress: '203.0.113.7' }`. */
  readonly extraFields: Readonly<Record<string, unknown>>;
  /** The operation ends in this error. */
  readonly operationError?: { readonly code: string; readonly message?: string };
  /** Where poll addresses and next links lead; the simulator's own address unless given. */
  readonly linkBase?: string;
  readonly disconnect: DisconnectOutcome;
  /** How it says so: documented to be `sync`. */
  readonly disconnectAnswer: AnswerStyle;
  readonly disconnectBody: Style['body'];
  /** How long a session lives on after an accepted disconnect. */
  readonly disconnectTakesMs: number;
}

export type AnswerStyle =
  /** 200 at once. */
  | 'sync'
  /** 202 with `Location`; `moving-location` names a new one at every poll. */
  | 'location'
  | 'moving-location'
  /** 202 with `Azure-AsyncOperation`, which names the `Location` of the result when it has succeeded. */
  | 'async-operation'
  /** The same, but what it names has succeeded as well and names another, and so on. */
  | 'async-elsewhere'
  /** 202 with both. */
  | 'both'
  /** 202 with `Azure-AsyncOperation`; the result is in `properties.output` of the operation. */
  | 'async-only-output'
  /** 202 with `Location`, whose polls answer 200 with a `status` in the body. */
  | 'status-in-location'
  /** https://github.com/Azure/azure-rest-api-specs/issues/21471 */
  | '200-with-stale-headers'
  | '202-without-headers';

/** What becomes of a disconnect: `stays` and ghosts say Disconnected but live on; the last two do it, then fail to say so. */
export type DisconnectOutcome = 'works' | 'stays' | 'fails' | 'not-found' | 'error-after' | 'hang-after';

/** Something that goes wrong instead of an answer. */
export interface Fault {
  readonly error?: ArmErrorOptions;
  readonly hang?: boolean;
  readonly reset?: boolean;
  /** Which requests; all of the host unless given. */
  readonly on?: FaultyKind;
  /** How often; for ever unless given. */
  readonly times?: number;
}

/** `body`: an answer of success with this body. */
export interface DiscoveryFault extends Pick<Fault, 'error' | 'hang' | 'reset'> {
  readonly body?: unknown;
}

export type FaultyKind = 'host' | 'sessions' | 'disconnect' | 'poll' | 'page';

export const usualStyle: Style = {
  answer: 'location',
  body: 'value',
  status: 200,
  headers: {},
  readyAfterMs: 0,
  readyAfterPolls: 0,
  latencyMs: 0,
  pageSize: Number.POSITIVE_INFINITY,
  endlessPages: false,
  startTime: 'iso',
  extraFields: {},
  disconnect: 'works',
  disconnectAnswer: 'sync',
  disconnectBody: 'value',
  disconnectTakesMs: 0,
};

export interface Behaviour {
  style(): Style;
  /** The fault that is due for this request, used up by asking. */
  faultFor(kind: string): Reply | undefined;
  behave(change: Partial<Style> & Fault): void;
  behaveNormally(): void;
}

/** `usually` is what is not as usual as long as nothing is wrong. */
export function behaviour(usually: Partial<Style> = {}): Behaviour {
  const normal = { ...usualStyle, ...usually };
  let style = normal;
  let faults: { fault: Fault; left: number }[] = [];
  return {
    style: () => style,
    behaveNormally() {
      style = normal;
      faults = [];
    },
    behave({ error, hang, on, reset, times, ...change }) {
      style = { ...style, ...change };
      if (!error && !hang && !reset) return;
      const fault = {
        ...(error && { error }),
        ...(hang && { hang }),
        ...(reset && { reset }),
        ...(on && { on }),
      };
      faults.push({ fault, left: times ?? Number.POSITIVE_INFINITY });
    },
    faultFor(kind) {
      const due = faults.find(({ fault, left }) => left > 0 && (fault.on ?? kind) === kind);
      if (!due) return undefined;
      due.left -= 1;
      return replyTo(due.fault);
    },
  };
}

export function replyTo({ body, error, hang, reset }: DiscoveryFault): Reply {
  if (error) return armError(error);
  return hang ? 'hang' : reset ? 'reset' : ok(body);
}
