import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Stores } from '../../../src/ports/ports.ts';
import { lastRefusalsKey, refusalCountsKey, refusalsKey } from '../../../src/redis/record/keys.ts';
import { redisStores } from '../../../src/redis/store/stores.ts';
import { minute, noon } from '../../support/build.ts';
import { keepingLog } from '../../support/log.ts';
import type { ConnectedRedis } from '../../support/redis.ts';
import { startConnectedRedis } from '../../support/redis.ts';

const refusal = { at: noon, by: 'U0CAROL', what: 'view-refused', why: 'not-named' };
const keys = [refusalsKey, refusalCountsKey, lastRefusalsKey];

describe('what counts refusals', () => {
  const { log } = keepingLog();
  let server: ConnectedRedis;
  let redis: Redis;
  let stores: Stores;

  beforeAll(async () => {
    server = await startConnectedRedis(log);
    redis = server.redis;
    stores = redisStores({ redis, log });
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    await redis.flushall();
    for (const at of [noon, noon + 1]) await stores.audit.refuse({ ...refusal, at });
  });

  it('is kept as long as the audit at most, and goes with the entry that it becomes', async () => {
    const left = await Promise.all(keys.map(async (key) => redis.pttl(key)));
    expect(left.every((ms) => ms > 0)).toBe(true);
    await stores.audit.sumRefusals(noon + minute);
    expect(await redis.exists(...keys)).toBe(0);
  });

  it('becomes an entry where another version wrote what it was about', async () => {
    const [kind = ''] = await redis.hkeys(lastRefusalsKey);
    await redis.hset(lastRefusalsKey, kind, '{"schema":9}');
    expect(await stores.audit.sumRefusals(noon + minute)).toEqual([
      { ...refusal, at: noon + minute, count: 1 },
    ]);
  });
});
