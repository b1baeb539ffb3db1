import { setTimeout as pause } from 'node:timers/promises';
import { WebAPIRateLimitedError } from '@slack/web-api';
import type { SocketConnection } from './socket-connection.ts';

export interface SocketLine {
  /** How many of its connections are open: two while one follows the other. */
  readonly open: number;
  /** Makes no more, and closes what there is once all that came over it is acknowledged, at the deadline in any case. */
  stop(deadlineMs: number): Promise<void>;
}

export interface LineOptions {
  /** Settles in a bounded time. */
  readonly connect: () => Promise<SocketConnection>;
  readonly onChange: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** A connection that leaves sooner was none: Socket Mode is switched off, or there are too many connections. */
const steadyAfterMs = 10_000;
const firstRetryMs = 250;
const retryAtMostMs = 10_000;
/** Slack closes what it asked to be replaced about ten seconds later. */
const closedBySlackWithinMs = 15_000;
const acknowledgedWithinMs = 3000;

export function socketLine({ connect, onChange, onFailure }: LineOptions): SocketLine {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopping = () => signal.aborted;
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  const open = new Set<SocketConnection>();

  /** The predecessor goes on serving until Slack closes it, so that nothing falls between the two. */
  function replace(connection: SocketConnection): void {
    for (const predecessor of open) {
      void Promise.race([
        predecessor.ended,
        pause(closedBySlackWithinMs, undefined, { ref: false }).then(async () =>
          predecessor.close(acknowledgedWithinMs),
        ),
      ]);
    }
    open.add(connection);
    void connection.ended.finally(() => {
      open.delete(connection);
      onChange();
    });
    onChange();
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!isStopping()) {
      let waitMs = 0;
      const begunAt = performance.now();
      try {
        const connection = await connect();
        if (isStopping()) return await connection.close(0);
        replace(connection);
        await Promise.race([connection.leaving, stopped]);
        failures = performance.now() - begunAt < steadyAfterMs ? failures + 1 : 0;
      } catch (error) {
        failures += 1;
        if (error instanceof WebAPIRateLimitedError) waitMs = error.retryAfter * 1000;
        onFailure(error);
      }
      await pause(Math.max(waitMs, backoffMs(failures)), undefined, { signal }).catch(() => undefined);
    }
  }

  void run();
  return {
    get open() {
      return open.size;
    },
    stop: async (deadlineMs) => {
      stopping.abort();
      await Promise.all([...open].map(async (connection) => connection.close(deadlineMs)));
    },
  };
}

/** At once the first time; jittered, so that replicas do not come back in step. */
function backoffMs(failures: number): number {
  if (failures === 0) return 0;
  const ms = Math.min(retryAtMostMs, firstRetryMs * 2 ** (failures - 1));
  return ms * (0.5 + Math.random() / 2);
}
