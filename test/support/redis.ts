import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Log } from '../../src/ports/log.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { findServerBinary } from '../../src/redis/server/binary.ts';
import type { ServerProcess } from '../../src/redis/server/process.ts';
import { calledRedisServer, startServer, whenReady } from '../../src/redis/server/process.ts';
import { eventually } from './eventually.ts';

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

/** A cluster of one server, which has all keys; its address is of the network, because a cluster has no sockets. */
export async function startClusteredRedis(): Promise<Pick<TestRedis, 'url' | 'stop'>> {
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-cluster-'));
  const program = await calledRedisServer(await findServerBinary(process.env['REDIS_SERVER_BIN']), dir);
  const [port, busPort] = await Promise.all([freePort(), freePort()]);
  const settings = {
    port,
    bind: '127.0.0.1',
    'cluster-enabled': 'yes',
    'cluster-port': busPort,
    dir,
    save: '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(program, args, { stdio: 'ignore' });
  const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  await redis.cluster('ADDSLOTSRANGE', 0, 16_383);
  await eventually('the cluster serves', async () =>
    (await redis.cluster('INFO')).includes('cluster_state:ok'),
  );
  redis.disconnect();
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
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
