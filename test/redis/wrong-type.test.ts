import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Stores } from '../../src/ports/ports.ts';
import { UnreadableRecord } from '../../src/ports/unreadable-record.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { alertKey, memoryKey, watchesKey } from '../../src/redis/record/keys.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { aHost, aMemory, anAlert, aWatch, noon } from '../support/build.ts';
import { keepingLog } from '../support/log.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';

const hosts = ['bastion-a', 'bastion-b', 'bastion-c'].map((name) => aHost({ name }));
const [a, b, c] = hosts.map(({ id }) => id);

describe('a key that holds another type of value', () => {
  let server: TestRedis;
  let redis: Redis;
  let stores: Stores;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = connectRedis({ url: server.url, use: 'commands', log: keepingLog().log });
    await heard(redis, 'ready');
    const before = redisStores({ redis, log: keepingLog().log });
    await before.hosts.noteDiscovery({ hosts, problems: [] }, noon);
    for (const host of hosts) {
      const memory = aMemory({ host, version: 0, watches: [] });
      await before.watches.save(
        memory,
        { ...memory, watches: [aWatch()] },
        host.name === 'bastion-c' ? [anAlert()] : [],
      );
    }
    await redis
      .multi()
      .del(watchesKey(a ?? ''))
      .set(watchesKey(a ?? ''), 'x')
      .exec();
    await redis
      .multi()
      .del(memoryKey(b ?? ''))
      .rpush(memoryKey(b ?? ''), 'x')
      .exec();
    await redis.rpush(alertKey('alert-2'), 'x');
    stores = redisStores({ redis, log: keepingLog().log });
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  it('costs its own host and nobody else', async () => {
    const all = await stores.watches.all();
    expect(
      all.map(({ host: { name }, failing, watches }) => [name, failing?.failure.kind, watches.length]),
    ).toEqual(
      expect.arrayContaining([
        ['bastion-a', 'record-unreadable', 0],
        ['bastion-c', undefined, 1],
      ]),
    );
    expect(await stores.watches.get(c ?? '')).toMatchObject({ watches: [{}] });
    for (const id of [a, b]) await expect(stores.watches.get(id ?? '')).rejects.toThrow(UnreadableRecord);
  });

  it('is no alert, and the others are read', async () => {
    await expect(stores.alerts.get('alert-2')).rejects.toThrow(UnreadableRecord);
    expect(await stores.alerts.many(['alert-2', 'alert-1'])).toHaveLength(1);
  });

  it('is named with a reference, and not for longer than it lies there', async () => {
    const keys = async () => (await stores.records.unreadable()).map(({ key }) => key).toSorted();
    expect(await keys()).toEqual([alertKey('alert-2'), memoryKey(b ?? ''), watchesKey(a ?? '')].toSorted());
    await redis.del(alertKey('alert-2'));
    expect(await keys()).not.toContain(alertKey('alert-2'));
  });
});
