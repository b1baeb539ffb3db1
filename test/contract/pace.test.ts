import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { redisPace } from '../../src/redis/store/rate-limiter.ts';
import { keepingLog } from '../support/log.ts';
import { memoryPace } from '../support/memory-pace.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';
import { paceContract } from './pace.ts';

describe('in memory:', () => {
  paceContract(async () => {
    const pace = memoryPace(Date.now);
    return [pace, pace];
  });
});

describe('in Redis:', () => {
  const { log } = keepingLog();
  let server: TestRedis;
  let one: Redis;
  let two: Redis;

  beforeAll(async () => {
    server = await startTestRedis();
    one = connectRedis({ url: server.url, use: 'commands', log });
    two = connectRedis({ url: server.url, use: 'commands', log });
    await Promise.all([heard(one, 'ready'), heard(two, 'ready')]);
  });
  afterAll(async () => {
    await Promise.all([closeRedis(one), closeRedis(two)]);
    await server.stop();
  });

  paceContract(async () => {
    await one.flushall();
    return [redisPace({ redis: one }), redisPace({ redis: two })];
  });
});
