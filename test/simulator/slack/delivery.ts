import { setTimeout as delay } from 'node:timers/promises';
import type { Answered, Carrier, Envelope } from './carrier.ts';

/** What goes wrong on the way to the app. */
export interface DeliveryFault {
  readonly type?: Envelope['type'];
  /** How often; without it, until it is ended. */
  readonly times?: number;
  readonly latencyMs?: number;
  /** The same payload arrives so many times at once. */
  readonly copies?: number;
  /** The copies have ids of their own: two envelopes, where Slack should have made one. */
  readonly apart?: true;
  /** Marked as a repetition, as Slack marks events that were not acknowledged. */
  readonly retryNum?: number;
  /** The app answers, and nobody hears it. */
  readonly loseAnswer?: true;
}

/** `ok`: a status of 2xx, or an acknowledgement over a socket, in time. `answers` has one for every copy that arrived. */
export interface Acknowledgement {
  readonly ok: boolean;
  readonly status: number;
  /** The JSON the app answered with, or its text; undefined where it was empty. */
  readonly body: unknown;
  readonly ms: number;
  /** What the person is shown instead of an effect. */
  readonly error?: 'operation_timeout' | 'dispatch_failed';
  readonly answers: readonly Answered[];
}

export interface Delivery {
  deliver(envelope: Envelope): Promise<Acknowledgement>;
  switchOn(fault: DeliveryFault): { end(): void };
}

export function createDelivery(carrier: Carrier): Delivery {
  const active = new Set<{ readonly fault: DeliveryFault; hits: number }>();
  const strike = (type: Envelope['type']): DeliveryFault => {
    for (const entry of active) {
      if (entry.fault.type !== undefined && entry.fault.type !== type) continue;
      entry.hits += 1;
      if (entry.fault.times !== undefined && entry.hits >= entry.fault.times) active.delete(entry);
      return entry.fault;
    }
    return {};
  };
  return {
    switchOn: (fault) => {
      const entry = { fault, hits: 0 };
      active.add(entry);
      return { end: () => void active.delete(entry) };
    },
    deliver: async (envelope) => {
      const { latencyMs, copies = 1, apart = false, ...carriage } = strike(envelope.type);
      if (latencyMs !== undefined) await delay(latencyMs);
      const send = carrier.pack(envelope, carriage);
      const answers = await Promise.all(
        Array.from({ length: copies }, () => (apart ? carrier.pack(envelope, carriage) : send)()),
      );
      return acknowledgement(answers);
    },
  };
}

function acknowledgement(answers: Acknowledgement['answers']): Acknowledgement {
  const [first = 'connection_failed'] = answers;
  if (typeof first === 'string') {
    const error = first === 'operation_timeout' ? first : 'dispatch_failed';
    return { ok: false, status: 0, body: undefined, ms: 0, error, answers };
  }
  const ok = first.status >= 200 && first.status < 300;
  return {
    ok,
    status: first.status,
    body: parsed(first.body),
    ms: first.ms,
    ...(!ok && { error: 'dispatch_failed' as const }),
    answers,
  };
}

function parsed(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
