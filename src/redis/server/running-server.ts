import { dirname } from 'node:path';
import { Redis } from 'ioredis';
import { removeRunDir, standingOf } from './run-dir.ts';

export type NamedServer =
  | { readonly is: 'none' }
  | { readonly is: 'running' }
  /** Something is there, and nothing proves that it is the server of these data. */
  | { readonly is: 'unknown' };

/** `running`: the socket is that of this user's server of these very data. */
export async function serverAt(socket: string, dataDir: string, temp?: string): Promise<NamedServer> {
  const standing = await standingOf(socket, temp);
  if (standing === 'absent') return { is: 'none' };
  if (standing === 'not-ours') return { is: 'unknown' };
  const redis = visitor(socket, 5000);
  try {
    // A killed server leaves a socket on which nothing listens.
    if (!(await connects(redis))) return { is: 'none' };
    const [, servedDir] = await redis.config('GET', 'dir').catch(() => []);
    return servedDir === dataDir ? { is: 'running' } : { is: 'unknown' };
  } finally {
    redis.disconnect();
  }
}

/** Stops the server of these data that a killed bot left. False where something unknown is in the way. */
export async function stopOrphan(socket: string, dataDir: string, temp?: string): Promise<boolean> {
  const server = await serverAt(socket, dataDir, temp);
  if (server.is === 'unknown') return false;
  if (server.is === 'running' && !(await shutDown(socket))) return false;
  if ((await standingOf(socket, temp)) === 'ours') await removeRunDir(dirname(socket));
  return true;
}

async function shutDown(socket: string): Promise<boolean> {
  const redis = visitor(socket, 10_000);
  const ended = new Promise<boolean>((resolve) => redis.once('end', () => resolve(true)));
  if (!(await connects(redis))) return true;
  const refused = redis.shutdown().then(
    async () => ended,
    // A server that obeys closes the connection.
    async () => redis.status === 'end' || redis.status === 'close',
  );
  const isStopped = await Promise.race([ended, refused]);
  redis.disconnect();
  return isStopped;
}

/** Tries once, and asks a server that still loads its data too. */
function visitor(socket: string, commandTimeoutMs: number): Redis {
  const redis = new Redis(socket, {
    lazyConnect: true,
    retryStrategy: () => null,
    enableReadyCheck: false,
    commandTimeout: commandTimeoutMs,
  });
  redis.on('error', () => undefined);
  return redis;
}

async function connects(redis: Redis): Promise<boolean> {
  return redis.connect().then(
    () => true,
    () => false,
  );
}
