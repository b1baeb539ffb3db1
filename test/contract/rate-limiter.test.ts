import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { redisRateLimiter } from '../../src/redis/store/rate-limiter.ts';
import { keepingLog } from '../support/log.ts';
import { memoryRateLimiter } from '../support/memory-rate-limiter.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';
import { rateLimiterContract } from './rate-limiter.ts';

describe('in memory:', () => {
  rateLimiterContract(async () => {
    const rateLimiter = memoryRateLimiter(Date.now);
    return [rateLimiter, rateLimiter];
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

  rateLimiterContract(async () => {
    await one.flushall();
    return [redisRateLimiter({ redis: one }), redisRateLimiter({ redis: two })];
  });
});
