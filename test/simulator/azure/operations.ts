import { randomUUID } from 'node:crypto';
import type { Style } from './behaviour.ts';
import { excessiveAnswer } from './excess.ts';
import type { SimulatedHost } from './host.ts';
import type { Answer } from './reply.ts';
import { armError, retryAfterHeader } from './reply.ts';

/** Operations that were started and can be asked about. */
export interface Operations {
  /** The answer to the request that starts it; `result` is taken once the operation is ready. */
  start(host: SimulatedHost, style: Style, result: () => unknown): Answer;
  find(id: string): Running | undefined;
  poll(id: string, kind: 'operations' | 'operationResults'): Answer;
}

export interface Running {
  readonly host: SimulatedHost;
  readonly style: Style;
  readonly readyAt: number;
  polls: number;
  readonly result: () => unknown;
}

const dead = 'no-such-operation';

export function operations(ownUrl: () => string, clock: () => number): Operations {
  const running = new Map<string, Running>();

  const addressOf = ({ host, style }: Pick<Running, 'host' | 'style'>, kind: string, id: string) =>
    `${style.linkBase ?? ownUrl()}/subscriptions/${host.subscriptionId}/providers/Microsoft.Network/locations/${host.location}/${kind}/${id}?api-version=2025-05-01`;

  return {
    find: (id) => running.get(id),

    start(host, style, result) {
      const { answer } = style;
      if (answer === 'sync') return finished(style, result);
      const id = answer === '200-with-stale-headers' ? dead : randomUUID();
      const operation = { host, style, readyAt: clock() + style.readyAfterMs, polls: 0, result };
      const location = { location: addressOf(operation, 'operationResults', id) };
      const asyncOperation = { 'azure-asyncoperation': addressOf(operation, 'operations', id) };
      if (answer === '200-with-stale-headers') {
        const done = finished(style, result);
        return { ...done, headers: { ...done.headers, ...location, ...asyncOperation } };
      }
      if (running.size > 10_000) running.clear();
      running.set(id, operation);
      const headers = {
        ...(/location|both/.test(answer) && location),
        ...(/async|both/.test(answer) && asyncOperation),
      };
      return { status: 202, headers: { ...headers, ...retryAfterHeader(style.retryAfter) } };
    },

    poll(id, kind) {
      const operation = running.get(id);
      if (!operation) {
        return armError({ status: 404, code: 'NotFound', message: `Operation ${id} not found` });
      }
      const { readyAt, result, style } = operation;
      operation.polls += 1;
      const isReady = clock() >= readyAt && operation.polls > style.readyAfterPolls;
      if (style.answer === 'async-elsewhere') {
        const elsewhere = randomUUID();
        running.set(elsewhere, operation);
        const location = addressOf(operation, 'operations', elsewhere);
        return { status: 200, body: { status: 'Succeeded' }, headers: { location } };
      }
      if (kind === 'operations' || style.answer === 'status-in-location') {
        return asyncStatus(operation, isReady, addressOf(operation, 'operationResults', id));
      }
      if (isReady) {
        return style.operationError
          ? armError({ status: 400, ...style.operationError })
          : finished(style, result);
      }
      const movesTo = style.answer === 'moving-location' ? randomUUID() : id;
      running.set(movesTo, operation);
      const location = addressOf(operation, 'operationResults', movesTo);
      return { status: 202, headers: { location, ...retryAfterHeader(style.retryAfter) } };
    },
  };
}

function asyncStatus({ result, style }: Running, isReady: boolean, location: string): Answer {
  if (!isReady) {
    return { status: 200, body: { status: 'InProgress' }, headers: retryAfterHeader(style.retryAfter) };
  }
  if (style.operationError) return { status: 200, body: { status: 'Failed', error: style.operationError } };
  const isInOutput = style.answer === 'async-only-output' || style.answer === 'status-in-location';
  return {
    status: 200,
    body: { status: 'Succeeded', ...(isInOutput && { properties: { output: result() } }) },
    ...(style.answer === 'async-operation' && { headers: { location } }),
  };
}

function finished({ body, excess, headers, status }: Style, result: () => unknown): Answer {
  if (excess) {
    const answer = excessiveAnswer(excess);
    return { ...answer, status, headers: { ...answer.headers, ...headers } };
  }
  if (typeof body === 'object' && 'text' in body) return { status, headers, body: body.text };
  const json = result();
  return { status, headers, body: json === null ? 'null' : json };
}
