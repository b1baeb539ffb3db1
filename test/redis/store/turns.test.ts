import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis } from '../../../src/redis/connect.ts';
import { turnsKey } from '../../../src/redis/record/keys.ts';
import { redisTurns } from '../../../src/redis/store/turns.ts';
import { aHost, hour, minute } from '../../support/build.ts';
import { keepingLog } from '../../support/log.ts';
import type { TestRedis } from '../../support/redis.ts';
import { heard, startTestRedis } from '../../support/redis.ts';

const [late, early] = [aHost({ name: 'late' }).id, aHost({ name: 'early' }).id];

describe('turns in Redis', () => {
  const { log } = keepingLog();
  let server: TestRedis;
  let redis: Redis;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = connectRedis({ url: server.url, use: 'commands', log });
    await heard(redis, 'ready');
  });
  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  it('are due at once where the clock was put back', async () => {
    const turns = redisTurns({ redis });
    await turns.match([late, early], hour);
    await turns.dueAt(late, Date.now() - minute, hour);
    await redis.zadd(turnsKey, Date.now() + 5 * minute, early);
    expect(await turns.due(hour, 10)).toEqual([late, early]);
    expect(await turns.due(hour, 1)).toEqual([late]);
    expect(await turns.standing(hour)).toMatchObject({ waiting: 2 });
    expect(await turns.take(early, hour)).toBe(true);
    expect(await turns.due(hour, 10)).toEqual([late]);
  });
});
