import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { StoreUnreachable } from '../../src/ports/store-unreachable.ts';
import { closeRedis, connectRedis, reachedWithin } from '../../src/redis/connect.ts';
import { checkRedis } from '../../src/redis/health.ts';
import { reach } from '../../src/redis/record/reach.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { noon } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import { keepingLog } from '../support/log.ts';
import type { TestRedis } from '../support/redis.ts';
import { freePort, heard, startTestRedis } from '../support/redis.ts';

describe('a connection to Redis', () => {
  let server: TestRedis;
  const open: Redis[] = [];

  beforeEach(async () => {
    server = await startTestRedis();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(closeRedis));
    await server.stop();
  });

  function connect(use: 'commands' | 'worker' = 'commands') {
    const { log, lines } = keepingLog();
    const redis = connectRedis({ url: server.url, use, log });
    open.push(redis);
    return { redis, stores: redisStores({ redis, log }), lines };
  }

  it.each([
    "OOM command not allowed when used memory > 'maxmemory'. script: f00, on @user_script:31.",
    "ERR Error running script (call to f_f00): @user_script:31: @user_script: 31: -OOM command not allowed when used memory > 'maxmemory'.",
    "ERR Error running script (call to f_f00): @user_script:31: @user_script: 31: -READONLY You can't write against a read only replica.",
  ])('knows what passes from what is our fault, of servers old and new: %s', async (says) => {
    const { redis } = connect();
    await heard(redis, 'ready');
    const answer = redis.eval('return redis.error_reply(ARGV[1])', 0, says);
    await expect(reach(answer)).rejects.toThrow(StoreUnreachable);
    await expect(reach(redis.eval("return redis.error_reply('ERR no')", 0))).rejects.toThrow('ERR no');
  });

  it('fails what is asked while the server is down at once, by name', async () => {
    const { redis, stores } = connect();
    await heard(redis, 'ready');
    const lost = heard(redis, 'close');
    await server.kill();
    await lost;
    for (const ask of [
      async () => stores.requests.get('request-1'),
      async () => stores.hostStates.all(),
      async () => stores.due.by(noon, 1),
    ]) {
      const error = await ask().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StoreUnreachable);
      expect(error).toMatchObject({
        cause: { message: expect.not.stringContaining('timed out') as unknown },
      });
    }
  });

  it('fails what a server leaves unanswered within seconds', async () => {
    const { redis, stores } = connect();
    await heard(redis, 'ready');
    await redis.call('CLIENT', 'PAUSE', '6000', 'ALL');
    const error = await stores.requests.get('request-1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'StoreUnreachable', cause: { message: 'Command timed out' } });
  });

  it('does not repeat a command that was under way when the server died', async () => {
    const { redis } = connect();
    await heard(redis, 'ready');
    await redis.call('CLIENT', 'PAUSE', '6000', 'ALL');
    const counted = redis.incr('count').then(
      () => 'answered',
      () => 'failed',
    );
    const back = heard(redis, 'ready');
    await server.restart();
    expect(await counted).toBe('failed');
    await back;
    expect(await redis.get('count')).toBeNull();
  });

  it('is waited for at a start, but not for ever', async () => {
    await server.kill();
    const { redis } = connect();
    expect(await reachedWithin(redis, 100)).toBe(false);
    const reached = reachedWithin(redis, 10_000);
    await server.restart();
    expect(await reached).toBe(true);
    expect(await reachedWithin(redis, 0)).toBe(true);
  });

  it('comes back by itself and logs each change once', async () => {
    const { redis, lines } = connect();
    await heard(redis, 'ready');
    const pauses: number[] = [];
    redis.on('reconnecting', (pauseMs: number) => pauses.push(pauseMs));
    await server.kill();
    await eventually('it has tried again', () => pauses.length > 1);
    const back = heard(redis, 'ready');
    await server.restart();
    await back;
    expect(await redis.ping()).toBe('PONG');
    expect(lines.map(({ event }) => event)).toEqual(['reached Redis', 'cannot reach Redis', 'reached Redis']);
  });

  it.each([
    { wrong: 'password', why: 'WRONGPASS', url: (port: number) => `redis://:hunter2@127.0.0.1:${port}` },
    { wrong: 'user', why: 'WRONGPASS', url: (port: number) => `redis://nobody:hunter2@127.0.0.1:${port}` },
    { wrong: 'lack of a password', why: 'NOAUTH', url: (port: number) => `redis://127.0.0.1:${port}` },
  ])('names a $wrong that the server refuses, once, and gets in when it takes it', async ({ why, url }) => {
    const { redis: admin } = connect();
    await heard(admin, 'ready');
    const port = await freePort();
    await admin.config('SET', 'port', port);
    await admin.config('SET', 'requirepass', 'another');
    const { log, lines } = keepingLog();
    const redis = connectRedis({ url: url(port), use: 'commands', log });
    open.push(redis);
    const pauses: number[] = [];
    redis.on('reconnecting', (pauseMs: number) => pauses.push(pauseMs));
    await eventually('it has tried again and again', () => pauses.length > 2);
    expect(await checkRedis(redis)).toEqual({ is: 'refused', why });
    expect(pauses).toEqual([100, 200, 400, 800, 1600].slice(0, pauses.length));
    expect(redis.options.retryStrategy?.(100)).toBe(2000);
    const back = heard(redis, 'ready');
    await admin.config('SET', 'requirepass', '');
    if (why === 'WRONGPASS') {
      await admin.call('ACL', 'SETUSER', 'default', 'on', 'resetpass', '>hunter2');
      await admin.call('ACL', 'SETUSER', 'nobody', 'on', '>hunter2', '~*', '+@all');
    }
    await back;
    expect(await checkRedis(redis)).toEqual({ is: 'ok' });
    expect(lines).toEqual([
      { level: 'warn', event: 'Redis lets nobody in with this REDIS_URL', fields: { use: 'commands', why } },
      { level: 'info', event: 'reached Redis', fields: { use: 'commands' } },
    ]);
  });

  it('uses no other database where the server lacks the one that is named', async () => {
    const { redis: admin } = connect();
    await heard(admin, 'ready');
    const { log } = keepingLog();
    const redis = connectRedis({ url: `${server.url}?db=99`, use: 'commands', log });
    open.push(redis);
    await eventually('it is refused', async () => (await checkRedis(redis)).is === 'refused');
    expect(await checkRedis(redis)).toEqual({ is: 'refused', why: 'NODB' });
    expect(await admin.dbsize()).toBe(0);
  });

  it.each(['set', 'info'])('names a user that may not %s', async (command) => {
    const { redis } = connect();
    await heard(redis, 'ready');
    await redis.call('ACL', 'SETUSER', 'default', `-${command}`);
    expect(await checkRedis(redis)).toEqual({ is: 'refused', why: 'NOPERM' });
  });

  it('waits for the server as long as it takes for a worker', async () => {
    const { redis } = connect('worker');
    await heard(redis, 'ready');
    const lost = heard(redis, 'close');
    await server.kill();
    await lost;
    const answer = redis.ping();
    await server.restart();
    expect(await answer).toBe('PONG');
  });

  it.each(['commands', 'worker'] as const)('closes while the server is down: %s', async (use) => {
    const { redis } = connect(use);
    await heard(redis, 'ready');
    await server.kill();
    await expect(closeRedis(redis)).resolves.toBeUndefined();
    await eventually('it is closed', () => redis.status !== 'ready');
  });
});
