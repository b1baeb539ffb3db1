import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { Stores } from '../../../src/ports/ports.ts';
import { StoreUnreachable } from '../../../src/ports/store-unreachable.ts';
import { closeRedis, connectRedis } from '../../../src/redis/connect.ts';
import { redisStores } from '../../../src/redis/store/stores.ts';
import { aRequest, noon } from '../../support/build.ts';
import { keepingLog } from '../../support/log.ts';
import type { TestRedis } from '../../support/redis.ts';
import { heard, startTestRedis } from '../../support/redis.ts';

const entry = auditOfRequest(aRequest(), noon);

describe('a delivery', () => {
  const { log } = keepingLog();
  let server: TestRedis;
  let redis: Redis;
  let stores: Stores;

  beforeEach(async () => {
    server = await startTestRedis();
    redis = connectRedis({ url: server.url, use: 'commands', log });
    await heard(redis, 'ready');
    stores = redisStores({ redis, log });
  });
  afterEach(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  it.each([
    ['ended', async () => server.kill()],
    ['does not answer', async () => redis.client('PAUSE', 5000)],
  ])('is answered as it was decided: it %s', async (_, go) => {
    const delivered = stores.deliveries.once('trigger', async () => {
      await stores.audit.append(entry);
      await go();
      return 'decided';
    });
    expect(await delivered).toEqual({ is: 'answered', answer: 'decided' });
  });

  it('is not answered where nobody can know whether it was', async () => {
    const delivered = stores.deliveries.once('trigger', async () => {
      await server.kill();
      await stores.audit.append(entry);
      return 'decided';
    });
    await expect(delivered).rejects.toThrow(StoreUnreachable);
  });

  it('is left to an earlier version that has taken it, which names it by its own id', async () => {
    await redis.set('{bastion}:delivery:1.2.trigger', 'somebody', 'PX', 10_000);
    expect(await stores.deliveries.take('1.2.trigger', 1000)).toBe(false);
    expect(await stores.deliveries.take('1.3.trigger', 1000)).toBe(true);
    expect(await stores.deliveries.take('1.3.trigger', 1000)).toBe(false);
  });
});
