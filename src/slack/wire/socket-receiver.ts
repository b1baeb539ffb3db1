import { setTimeout as pause } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { CannotStart } from '../../ports/cannot-start.ts';
import type { WayOut } from '../../net/way-out.ts';
import type { Log } from '../../ports/log.ts';
import type { Admission } from './admission.ts';
import { slackCode } from './failure.ts';
import type { Delivered } from './payloads.ts';
import type { PayloadKind } from './payload-kind.ts';
import { kindOf } from './payload-kind.ts';
import type { SocketConnection } from './socket-connection.ts';
import { connectSocket } from './socket-connection.ts';
import type { Envelope } from './socket-frame.ts';
import type { SocketLine } from './socket-line.ts';
import { socketLine } from './socket-line.ts';
import type { SocketState } from './socket-presence.ts';
import { socketPresence } from './socket-presence.ts';
import { isTokenRefused } from './token-check.ts';
import { webClient } from './web-client.ts';

export interface SocketReceiverOptions {
  readonly appToken: string;
  /** Ends in a slash. */
  readonly apiUrl: string;
  readonly out: WayOut;
  readonly clock: () => number;
  readonly log: Log;
  readonly admit: Admission;
  readonly onState: (state: SocketState, detail: string) => void;
  readonly onAcknowledged?: (kind: PayloadKind, afterMs: number) => void;
  /** A start goes on without Slack after this long. */
  readonly startWithinMs?: number;
  readonly pingEveryMs?: number;
}

export interface SocketReceiver extends Receiver {
  /** Throws `CannotStart` when Slack refuses the token. A Slack out of reach stops no start. */
  start(): Promise<{ readonly port?: undefined }>;
  /** Closes the connections and waits for the work of what came over them, at most this long. */
  stop(deadlineMs: number): Promise<void>;
}

/** Slack gives each payload to any one of them; when one is replaced or lost, the other is there. */
const linesWanted = 2;
const acknowledgedWithinMs = 3000;

/**
 * Socket Mode over two connections of our own. In the place of Bolt's receiver and its client, which leave five
 * seconds without a connection at each refresh, end for good or with an unhandled rejection when a reconnect or an
 * envelope goes wrong, take half a minute to let go of a connection that went silent, and drain nothing.
 */
export function socketReceiver(options: SocketReceiverOptions): SocketReceiver {
  const { appToken, apiUrl, out, clock, log, startWithinMs = 5000, pingEveryMs = 3000 } = options;
  // Failures are told once for each outage, below, and not at every try.
  const quiet: Log = { ...log, warn: (fields, event) => log.debug(fields, event) };
  const client = webClient({ token: appToken, apiUrl, timeoutMs: 10_000, retries: 0, out, log: quiet });
  const inFlight = new Set<Promise<void>>();
  const lines: SocketLine[] = [];
  const stopping = new AbortController();
  let app: App | undefined;

  async function connect(): Promise<SocketConnection> {
    const { url = '' } = await client.apps.connections.open({});
    // The address holds a ticket: in clear text only where the Web API is, too.
    const scheme = apiUrl.startsWith('https:') ? 'wss:' : 'ws:';
    if (!url.startsWith(scheme)) throw new Error(`Slack named no address of ${scheme}`);
    return connectSocket({ url, out, helloWithinMs: 10_000, pingEveryMs, onEnvelope, log });
  }

  /** Settles at the acknowledgement; the work after it is waited for at a stop only. */
  async function onEnvelope(
    { id, payload, retryNum }: Envelope,
    acknowledge: (payload: unknown) => void,
  ): Promise<void> {
    const receivedAt = clock();
    return new Promise((settled) => {
      let isAcknowledged = false;
      const ack = (answer?: unknown): Promise<void> => {
        if (!isAcknowledged) {
          isAcknowledged = true;
          acknowledge(answer);
          options.onAcknowledged?.(kindOf(payload), clock() - receivedAt);
          settled();
        }
        return Promise.resolve();
      };
      const work = process({
        body: payload,
        ack,
        customProperties: { deliveryId: id } satisfies Delivered,
        ...(retryNum !== undefined && { retryNum }),
      }).finally(settled);
      inFlight.add(work);
      void work.finally(() => inFlight.delete(work));
    });
  }

  async function process(event: Parameters<App['processEvent']>[0]): Promise<void> {
    try {
      const admitted = await options.admit(event.body);
      if (admitted === 'admitted') await app?.processEvent(event);
      else if (admitted === 'ignored') await event.ack();
    } catch (error) {
      log.warn({ error }, 'could not serve an envelope of Slack');
    }
  }

  async function drain(): Promise<void> {
    await Promise.all(lines.map(async (line) => line.stop(acknowledgedWithinMs)));
    while (inFlight.size > 0) await Promise.allSettled(inFlight);
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => {
      const presence = socketPresence(options.onState, log);
      stopping.signal.addEventListener('abort', () => presence.end());
      let told: string | undefined;
      const begun = new Promise<'connected' | { readonly refused: string }>((settle) => {
        const onChange = () => {
          const open = lines.reduce((sum, line) => sum + line.open, 0);
          presence.connected(open);
          log.info({ connections: open }, 'connections to Slack');
          if (open === 0) return;
          told = undefined;
          settle('connected');
        };
        const onFailure = (error: unknown) => {
          const code = slackCode(error);
          const why = code ?? (error instanceof Error ? error.message : 'unknown');
          presence.failed(why);
          log[why === told ? 'debug' : 'warn']({ why }, 'could not connect to Slack');
          told = why;
          if (code !== undefined && (isTokenRefused(code) || code === 'missing_scope')) {
            settle({ refused: code });
          }
        };
        while (lines.length < linesWanted) lines.push(socketLine({ connect, onChange, onFailure }));
      });
      const outcome = await Promise.race([begun, pause(startWithinMs, 'late' as const, { ref: false })]);
      if (outcome === 'late') log.warn({}, 'Slack is out of reach; the start goes on without it');
      if (typeof outcome === 'object') {
        stopping.abort();
        await drain();
        throw new CannotStart(
          `SLACK_APP_TOKEN: Slack refuses it (${outcome.refused}); it takes an app-level token with the scope connections:write`,
        );
      }
      return {};
    },
    stop: async (deadlineMs) => {
      stopping.abort();
      await Promise.race([drain(), pause(deadlineMs, undefined, { ref: false })]);
    },
  };
}
