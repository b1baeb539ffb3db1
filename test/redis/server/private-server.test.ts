import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { findServerBinary, RedisServerMissing } from '../../../src/redis/server/binary.ts';
import { DataDirInUse } from '../../../src/redis/server/data-lock.ts';
import type { EmbeddedRedis } from '../../../src/redis/server/private-server.ts';
import { EmbeddedRedisFailed, startEmbeddedRedis } from '../../../src/redis/server/private-server.ts';
import { eventually } from '../../support/eventually.ts';
import { keepingLog } from '../../support/log.ts';

describe('the private Redis server', () => {
  let dir: string;
  let dataDir: string;
  const running: EmbeddedRedis[] = [];
  const bots: ChildProcess[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'bb-'));
    dataDir = join(dir, 'data');
  });
  afterEach(async () => {
    for (const bot of bots.splice(0)) bot.kill('SIGKILL');
    await Promise.all(running.splice(0).map(async (server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedRedis> {
    const server = await startEmbeddedRedis({ dataDir, runtimeDir: dir, log: keepingLog().log });
    running.push(server);
    return server;
  }
  /** A bot in a process of its own, once its server runs. */
  async function startBot(env: NodeJS.ProcessEnv = process.env) {
    const script = fileURLToPath(new URL('private-server-bot.ts', import.meta.url));
    const bot = spawn(process.execPath, ['--import', 'tsx', script, dataDir, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...env, NODE_OPTIONS: '' },
    });
    bots.push(bot);
    const url = await new Promise<string>((resolve) =>
      createInterface({ input: bot.stdout }).once('line', resolve),
    );
    return { bot, url };
  }

  it('answers on a socket of its own and keeps its data for this user alone', async () => {
    const { url } = await start();
    await using(url, async (redis) => {
      expect(await redis.ping()).toBe('PONG');
      expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  it('keeps every file for this user alone, also those that an earlier version left open to others', async () => {
    const modes = async () =>
      Promise.all(
        (await readdir(dataDir, { recursive: true })).map(async (name) => {
          const { mode } = await lstat(join(dataDir, name));
          return (mode & 0o077) === 0 ? [] : [name];
        }),
      );
    const first = await start();
    await using(first.url, async (redis) => redis.set('kept', 'yes'));
    expect((await modes()).flat()).toEqual([]);
    await first.stop();
    const files = await readdir(dataDir, { recursive: true });
    expect(files.length).toBeGreaterThan(3);
    await Promise.all(files.map(async (name) => chmod(join(dataDir, name), 0o755)));
    await start();
    expect((await modes()).flat()).toEqual([]);
  });

  it('narrows nothing that a link in its data leads to', async () => {
    const elsewhere = join(dir, 'elsewhere');
    await writeFile(elsewhere, 'of somebody else');
    await mkdir(join(dataDir, 'appendonlydir'), { recursive: true });
    await symlink(elsewhere, join(dataDir, 'appendonlydir', 'link'));
    const { mode } = await stat(elsewhere);
    await start();
    expect((await stat(elsewhere)).mode).toBe(mode);
  });

  it('outlives a hangup', async () => {
    const { url } = await start();
    await using(url, async (redis) => {
      const pid = /process_id:(\d+)/.exec(await redis.info('server'))?.[1];
      process.kill(Number(pid), 'SIGHUP');
      expect(await redis.ping()).toBe('PONG');
    });
  });

  it('has its data again after a stop, and leaves nothing else behind', async () => {
    const first = await start();
    await using(first.url, async (redis) => redis.set('kept', 'yes'));
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(await readdir(dir)).toEqual(['data']);
    const second = await start();
    expect(second.url).not.toBe(first.url);
    await using(second.url, async (redis) => expect(await redis.get('kept')).toBe('yes'));
  });

  it('refuses data that another bot uses', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(DataDirInUse);
    await using(first.url, async (redis) => expect(await redis.ping()).toBe('PONG'));
  });

  it('says when it was lost', async () => {
    const { log, lines } = keepingLog();
    const server = await startEmbeddedRedis({ dataDir, runtimeDir: dir, log });
    const pid = await using(
      server.url,
      async (redis) => /process_id:(\d+)/.exec(await redis.info('server'))?.[1],
    );
    process.kill(Number(pid), 'SIGKILL');
    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(lines.at(-1)).toMatchObject({ level: 'error', event: 'lost the private Redis server' });
  });

  it('dies with a bot that was killed, and its data is free for the next', async () => {
    const { bot, url } = await startBot();
    await using(url, async (redis) => redis.set('kept', 'yes'));
    bot.kill('SIGKILL');
    await eventually('the server is gone', async () => !(await answers(url)));
    const next = await start();
    await using(next.url, async (redis) => expect(await redis.get('kept')).toBe('yes'));
  });

  it('is stopped by the next start where no kernel does it', async () => {
    const bin = join(dir, 'bin');
    await mkdir(bin);
    await symlink('/usr/bin/redis-check-rdb', join(bin, 'redis-server'));
    const { bot, url } = await startBot({ PATH: bin });
    await using(url, async (redis) => redis.set('kept', 'yes'));
    bot.kill('SIGKILL');
    await once(bot, 'exit');
    expect(await answers(url)).toBe(true);
    const next = await startBot({ PATH: bin });
    expect(await answers(url)).toBe(false);
    await using(next.url, async (redis) => expect(await redis.get('kept')).toBe('yes'));
    next.bot.kill('SIGTERM');
    await eventually('the server has stopped with its bot', async () => !(await answers(next.url)));
  });

  it('puts its socket elsewhere when the path would be too long', async () => {
    const runtimeDir = join(dir, 'x'.repeat(80));
    const server = await startEmbeddedRedis({ dataDir, runtimeDir, log: keepingLog().log });
    running.push(server);
    expect(server.url).not.toContain(runtimeDir);
  });

  it('says that its data directory cannot be used', async () => {
    await writeFile(dataDir, 'a file');
    await expect(start()).rejects.toThrow(/data directory .* cannot be used: .*EEXIST/);
  });

  it('says why it does not start', async () => {
    await mkdir(join(dataDir, 'appendonlydir'), { recursive: true });
    await writeFile(join(dataDir, 'appendonlydir', 'appendonly.aof.manifest'), 'nonsense\n');
    await expect(start()).rejects.toThrow(EmbeddedRedisFailed);
    await expect(start()).rejects.toThrow(/manifest/);
  });
});

describe('a machine without a Redis server', () => {
  it('is told what to install, per system', async () => {
    const missing = findServerBinary('/nowhere/redis-server');
    await expect(missing).rejects.toThrow(RedisServerMissing);
    await expect(missing).rejects.toThrow(
      /REDIS_SERVER_BIN.*\/nowhere\/redis-server[^]*apt-get install redis-tools[^]*brew install valkey[^]*REDIS_URL/,
    );
  });
});

async function using<Result>(url: string, act: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(url.slice('unix://'.length));
  try {
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url.slice('unix://'.length), { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  const isThere = await redis.connect().then(
    () => true,
    () => false,
  );
  if (isThere) redis.disconnect();
  return isThere;
}
