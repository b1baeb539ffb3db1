import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { CannotStart } from '../../ports/cannot-start.ts';
import type { Log } from '../../ports/log.ts';
import type { Admission, Admitted } from './admission.ts';
import { answer } from './answer.ts';
import type { Arrived, PortLimits } from './guarded-server.ts';
import { guardedServer, portLimits } from './guarded-server.ts';
import type { PayloadKind } from './payload-kind.ts';
import { kindOf } from './payload-kind.ts';
import type { Delivered } from './payloads.ts';
import type { Refusal } from './refusals.ts';
import { refusalCounts, refusalStatus } from './refusals.ts';
import { isSigned, readSlackRequest } from './signed-request.ts';

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: () => number;
  readonly log: Log;
  readonly admit: Admission;
  readonly onAcknowledged?: (kind: PayloadKind, afterMs: number) => void;
  readonly onRefused?: (because: Refusal) => void;
  readonly limits?: Partial<PortLimits>;
  /** The log tells of refusals at most once in so long. */
  readonly tellEveryMs?: number;
  /** After being told to stop it takes requests for so long: the load balancer has to notice first. */
  readonly lingerMs?: number;
}

export interface HttpReceiver extends Receiver {
  start(): Promise<{ readonly port: number }>;
  /** Lingers, then takes no more requests and waits for the work of those it took, at most this long in all. */
  stop(deadlineMs: number): Promise<void>;
}

/** Slack gives up on an answer after 3 s. */
const acknowledgeWithinMs = 2900;
const idleCheckMs = 50;
/** So many are taken in one go; what else happens waits for that. */
const backlog = 128;
const statusOf: Readonly<Record<Exclude<Admitted, 'admitted'>, number>> = {
  ignored: 200,
  refused: 403,
  'not-yet': 503,
};

/**
 * Takes Slack's signed requests at `POST /slack/events`. In the place of Bolt's own receiver, which one signed body
 * of `null` makes reject where nobody listens, which takes timestamps from any future, and which stops without
 * waiting for work after the acknowledgement.
 */
export function httpReceiver(options: HttpReceiverOptions): HttpReceiver {
  const { signingSecret, port, clock, log, onRefused, lingerMs = 1000, tellEveryMs = 1000 } = options;
  const inFlight = new Set<Promise<void>>();
  let app: App | undefined;
  let isStopping = false;
  const refusals = refusalCounts({ log, onRefused, tellEveryMs });

  const server = guardedServer({
    limits: { ...portLimits, ...options.limits },
    clock,
    onRefused: (because) => refusals.count(because),
    isSigned: ({ headers, raw, receivedAt }) =>
      isSigned({ headers, raw }, { signingSecret, now: receivedAt }),
    serve: async (arrived) => {
      const { response } = arrived;
      // The next request of a connection that is kept would come when nobody listens any more.
      if (isStopping && !response.headersSent) response.setHeader('connection', 'close');
      const work = serve(arrived).catch((error: unknown) => {
        log.warn({ error }, 'could not serve a request of Slack');
        answer(response, 500);
      });
      inFlight.add(work);
      await work;
      inFlight.delete(work);
    },
  });

  async function serve({ headers, raw, receivedAt, response }: Arrived): Promise<void> {
    const parsed = readSlackRequest(headers, raw);
    switch (parsed.is) {
      case 'no-payload':
        refusals.count(parsed.is);
        return answer(response, refusalStatus[parsed.is]);
      case 'ssl-check':
        return answer(response, 200);
      case 'challenge':
        return answer(response, 200, { challenge: parsed.challenge });
      case 'payload': {
        const lateness = setTimeout(() => answer(response, 503), acknowledgeWithinMs);
        const ack = (body?: unknown): Promise<void> => {
          clearTimeout(lateness);
          answer(response, 200, body);
          options.onAcknowledged?.(kindOf(parsed.body), clock() - receivedAt);
          return Promise.resolve();
        };
        try {
          const admitted = await options.admit(parsed.body);
          if (admitted !== 'admitted') return answer(response, statusOf[admitted]);
          // What was called late is not begun.
          if (response.headersSent) return;
          const { body, signature, retryNum } = parsed;
          const customProperties = { deliveryId: signature } satisfies Delivered;
          await app?.processEvent({
            body,
            ack,
            customProperties,
            ...(retryNum !== undefined && { retryNum }),
          });
        } finally {
          clearTimeout(lateness);
          // What nobody acknowledged was nothing we know: an error for the person, at once instead of in 3 s.
          answer(response, 404);
        }
      }
    }
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => {
      server.listen({ port, backlog });
      await once(server, 'listening').catch((error: unknown) => {
        throw new CannotStart(`PORT: cannot listen on port ${port}`, { cause: error });
      });
      const address = server.address();
      return { port: typeof address === 'object' && address ? address.port : port };
    },
    stop: async (deadlineMs) => {
      isStopping = true;
      await pause(Math.min(lingerMs, deadlineMs));
      const leftMs = Math.max(deadlineMs - lingerMs, 0);
      const closed = new Promise((resolve) => server.close(resolve));
      const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
      const deadline = setTimeout(() => server.closeAllConnections(), leftMs);
      await Promise.race([
        Promise.allSettled([closed, ...inFlight]),
        new Promise((resolve) => setTimeout(resolve, leftMs).unref()),
      ]);
      refusals.tell();
      clearInterval(idle);
      clearTimeout(deadline);
    },
  };
}
