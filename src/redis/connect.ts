import { Redis } from 'ioredis';
import type { Log } from '../ports/log.ts';
import type { TokenSignIn } from './token-sign-in.ts';
import { noteRefusals, refusalOf } from './refusal.ts';

export interface ConnectOptions {
  /** `redis://`, `rediss://`, or `unix://` and a path. */
  readonly url: string;
  /** `commands` fail after two seconds, so that no person waits for a server that is down; `worker`, BullMQ's, wait as long as it takes. */
  readonly use: 'commands' | 'worker';
  readonly log: Log;
  readonly signIn?: TokenSignIn | undefined;
}

const commandTimeoutMs = 2000;
/** With the two seconds between looks at its health, `/readyz` is right again within five. */
const longestPauseMs = 2000;
const quitPatienceMs = 500;

export function connectRedis({ url, use, log, signIn }: ConnectOptions): Redis {
  const redis: Redis = new Redis(url.startsWith('unix://') ? url.slice('unix://'.length) : url, {
    ...signIn?.signature(),
    connectTimeout: 5000,
    // This timer outlives every disconnect while the server is down, and keeps the process alive.
    disconnectTimeout: 100,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, longestPauseMs),
    // After a failover the old primary still answers; a new connection finds the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    ...(use === 'worker'
      ? { maxRetriesPerRequest: null }
      : {
          enableOfflineQueue: false,
          // A command whose answer was lost may have been carried out: sent again, it would conflict with itself.
          autoResendUnfulfilledCommands: false,
          maxRetriesPerRequest: 0,
          commandTimeout: commandTimeoutMs,
        }),
  });
  signIn?.keep(redis);
  noteRefusals(redis);
  logChanges(redis, use, log);
  return redis;
}

/** Resolves in any case after `ms`: a start does not fail because Redis is not there yet. */
export async function reachedWithin(redis: Redis, ms: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

export async function closeRedis(redis: Redis): Promise<void> {
  // Where no command times out, a server that has just died would never answer QUIT.
  if (redis.status === 'ready' && redis.options.commandTimeout !== undefined) {
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, quitPatienceMs).unref();
    });
    await Promise.race([redis.quit().catch(() => undefined), patience]);
  }
  redis.disconnect();
}

function logChanges(redis: Redis, use: string, log: Log): void {
  let isReported: 'up' | 'down' | 'refused' | undefined;
  const report = (state: 'up' | 'down' | 'refused', why?: string) => {
    if (isReported === state) return;
    isReported = state;
    if (state === 'up') log.info({ use }, 'reached Redis');
    else if (state === 'down') log.warn({ use, why }, 'cannot reach Redis');
    else log.warn({ use, why }, 'Redis lets nobody in with this REDIS_URL');
  };
  redis.on('ready', () => report('up'));
  redis.on('error', (error: Error) => {
    const refusal = refusalOf(redis);
    if (refusal === undefined) report('down', error.message);
    else report('refused', refusal);
  });
  // A connection that is refused is closed as well.
  redis.on('reconnecting', () => {
    if (isReported !== 'refused') report('down', 'connection lost');
  });
}
