import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Log } from '../../src/ports/log.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { findServerBinary } from '../../src/redis/server/binary.ts';
import type { ServerProcess } from '../../src/redis/server/process.ts';
import { calledRedisServer, startServer, whenReady } from '../../src/redis/server/process.ts';

export interface TestRedis {
  /** The same through every restart. */
  readonly url: string;
  /** Stops it for good. */
  readonly stop: () => Promise<void>;
  /** Ends it in the middle of whatever it does. */
  readonly kill: () => Promise<void>;
  /** Starts it again on its old data. */
  readonly restart: () => Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-redis-'));
  const socket = join(dir, 'redis.sock');
  const program = await calledRedisServer(await findServerBinary(process.env['REDIS_SERVER_BIN']), dir);
  const start = async (): Promise<ServerProcess> => {
    const server = startServer({ program, dataDir: dir, socket });
    if (!(await whenReady(socket, server))) throw new Error(server.output());
    return server;
  };
  let server = await start();
  const kill = async () => {
    server.kill('SIGKILL');
    await server.exited;
  };
  return {
    url: `unix://${socket}`,
    kill,
    stop: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
    restart: async () => {
      await kill();
      server = await start();
    },
  };
}

/** Unlike `once` of node:events, it does not mind the errors on the way. */
export async function heard(redis: Redis, event: 'ready' | 'close'): Promise<void> {
  return new Promise((resolve) => redis.once(event, () => resolve()));
}

export interface ConnectedRedis {
  readonly redis: Redis;
  readonly stop: () => Promise<void>;
}

/** A server of its own, with a connection that is ready. */
export async function startConnectedRedis(log: Log): Promise<ConnectedRedis> {
  const server = await startTestRedis();
  const redis = connectRedis({ url: server.url, use: 'commands', log });
  await heard(redis, 'ready');
  return {
    redis,
    stop: async () => {
      await closeRedis(redis);
      await server.stop();
    },
  };
}
