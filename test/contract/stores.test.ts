import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { keepingLog } from '../support/log.ts';
import { memoryStores } from '../support/memory-stores.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';
import { redisRights } from '../support/redis-rights.ts';
import { auditTrail } from '../support/trail.ts';
import { alertsContract } from './alerts.ts';
import { auditContract } from './audit.ts';
import { batchesContract } from './batches.ts';
import { cardsContract } from './cards.ts';
import { commandNamesContract } from './command-names.ts';
import { deliveriesContract } from './deliveries.ts';
import { historyContract } from './history.ts';
import { homesContract } from './homes.ts';
import { hostsContract } from './hosts.ts';
import { logAsksContract } from './log-asks.ts';
import { outagesContract } from './outages.ts';
import { looksContract } from './looks.ts';
import { openCardsContract } from './open-cards.ts';
import { requestsContract } from './requests.ts';
import { storeOwnerContract } from './store-owner.ts';
import type { NewSubject } from './subject.ts';
import { throttleContract } from './throttle.ts';
import { turnsContract } from './turns.ts';
import { hostStatesContract } from './host-states.ts';

function storesContract(newSubject: NewSubject): void {
  hostsContract(newSubject);
  turnsContract(newSubject);
  hostStatesContract(newSubject);
  alertsContract(newSubject);
  historyContract(newSubject);
  deliveriesContract(newSubject);
  commandNamesContract(newSubject);
  throttleContract(newSubject);
  homesContract(newSubject);
  logAsksContract(newSubject);
  outagesContract(newSubject);
  auditContract(newSubject);
  requestsContract(newSubject);
  batchesContract(newSubject);
  openCardsContract(newSubject);
  cardsContract(newSubject);
  looksContract(newSubject);
  storeOwnerContract(newSubject);
}

describe('in memory:', () => {
  storesContract(async () => {
    const stores = memoryStores();
    return { stores, trail: async () => stores.trail };
  });
});

describe('in Redis, with the rights that docs/operate.md names:', () => {
  const { log } = keepingLog();
  let server: TestRedis;
  let admin: Redis;
  let redis: Redis;

  beforeAll(async () => {
    server = await startTestRedis();
    admin = connectRedis({ url: server.url, use: 'commands', log });
    await heard(admin, 'ready');
    const { user, rules } = redisRights();
    await admin.call('ACL', 'SETUSER', user, ...rules);
    const url = `${server.url}?username=${user}&password=PASSWORD`;
    redis = connectRedis({ url, use: 'commands', log });
    await heard(redis, 'ready');
  });
  afterAll(async () => {
    await Promise.all([admin, redis].map(closeRedis));
    await server.stop();
  });

  it('are no more than those', async () => {
    await expect(redis.get('another')).rejects.toThrow('NOPERM');
    await expect(redis.flushall()).rejects.toThrow('NOPERM');
    await expect(redis.keys('*')).rejects.toThrow('NOPERM');
    await expect(redis.config('GET', 'dir')).rejects.toThrow('NOPERM');
    await expect(redis.call('ACL', 'LIST')).rejects.toThrow('NOPERM');
  });

  storesContract(async () => {
    await admin.flushall();
    return { stores: redisStores({ redis, log }), trail: async () => auditTrail(redis) };
  });
});
