import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command on its way to Redis. `after`: Redis has carried it out, and its answer has not left. */
export interface RedisStep {
  readonly fits: RegExp;
  readonly when: 'before' | 'after';
}

/** Stands between one process and Redis. */
export interface RedisProxy {
  readonly url: string;
  /** Strikes at the next command that fits, once. */
  strikeAt(step: RedisStep, strike: () => void): { cancel(): void };
  stop(): Promise<void>;
}

export async function startRedisProxy(targetUrl: string): Promise<RedisProxy> {
  const target = targetUrl.replace('unix://', '');
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-proxy-'));
  const path = join(dir, 'redis.sock');
  const sockets = new Set<Socket>();
  let armed: { readonly step: RedisStep; readonly strike: () => void } | undefined;

  const server = createServer((client) => {
    const upstream = createConnection(target);
    const both = [client, upstream];
    const cut = () => {
      for (const socket of both) socket.destroy();
    };
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (chunk) => {
      const due = armed;
      if (!due?.step.fits.test(chunk.toString('latin1'))) return void upstream.write(chunk);
      armed = undefined;
      const strike = () => {
        cut();
        due.strike();
      };
      if (due.step.when === 'before') return strike();
      upstream.removeAllListeners('data').once('data', strike);
      return void upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    url: `unix://${path}`,
    strikeAt: (step, strike) => {
      const mine = { step, strike };
      armed = mine;
      return {
        cancel: () => {
          if (armed === mine) armed = undefined;
        },
      };
    },
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
