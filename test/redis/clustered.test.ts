import { afterEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { redisRound } from '../../src/app/redis-health.ts';
import { healthBoard } from '../../src/ops/health.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { checkRedis, isClustered } from '../../src/redis/health.ts';
import { keepingLog } from '../support/log.ts';
import { redisRights } from '../support/redis-rights.ts';
import { heard, startClusteredRedis, startTestRedis } from '../support/redis.ts';

describe('a Redis that is a cluster', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });

  async function connected(start: typeof startClusteredRedis) {
    const server = await start();
    stops.push(server.stop);
    const redis = connectRedis({ url: server.url, use: 'commands', log: keepingLog().log });
    stops.push(async () => closeRedis(redis));
    await heard(redis, 'ready');
    return redis;
  }

  it('is known although it has all keys itself, and one that is none is not taken for it', async () => {
    expect(await isClustered(await connected(startClusteredRedis))).toBe(true);
    expect(await isClustered(await connected(startTestRedis))).toBe(false);
  });

  it('is known by its answers where it says nothing of itself', async () => {
    const redis = await connected(startClusteredRedis);
    await redis.cluster('DELSLOTSRANGE', 0, 16_383);
    expect(await checkRedis(redis)).toEqual({ is: 'clustered' });
  });

  it('is not what a server is that calls itself one behind a single address', async () => {
    const unknown = async () => Promise.reject(new Error("ERR unknown command 'CLUSTER'"));
    const redis: Redis = Object.assign(await connected(startClusteredRedis), { cluster: unknown });
    expect(await checkRedis(redis)).toEqual({ is: 'ok' });
  });

  it('is known to the user that docs/operate.md tells to make, and to one who may not ask it is said so', async () => {
    const redis = await connected(startClusteredRedis);
    const { user, rules } = redisRights();
    await redis.call('ACL', 'SETUSER', user, ...rules);
    await redis.auth(user, 'PASSWORD');
    expect(await checkRedis(redis)).toEqual({ is: 'clustered' });
    await redis.auth('default', 'any');
    await redis.call('ACL', 'SETUSER', 'default', '-cluster');
    expect(await checkRedis(redis)).toEqual({ is: 'refused', why: 'NOPERM' });
  });

  it('ends a process that reaches it only after its start, with the name of the policy, once', async () => {
    const redis = await connected(startClusteredRedis);
    const { log, lines } = keepingLog();
    const board = healthBoard({ clock: Date.now });
    const lost: string[] = [];
    const { run } = redisRound({ board, redis, signIn: undefined, log, lose: (part) => lost.push(part) });
    const { signal } = new AbortController();
    await run(signal);
    await run(signal);
    expect(lost).toEqual(['redis']);
    expect(lines).toEqual([
      {
        level: 'error',
        event: 'Redis is a cluster',
        fields: { redis: expect.stringMatching(/"OSS".*"Enterprise" or "Non-clustered"/) as unknown },
      },
    ]);
    expect(board.health().parts).toMatchObject([
      {
        name: 'redis',
        state: 'down',
        detail: expect.stringMatching(/clustering policy is "OSS"/) as unknown,
      },
    ]);
  });
});
