import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Stores } from '../../src/ports/ports.ts';
import { UnreadableRecord } from '../../src/ports/unreadable-record.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { alertKey, hostStateKey, trackedSessionsKey } from '../../src/redis/record/keys.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { eventually, eventuallyTyped } from '../support/eventually.ts';
import { textOf } from '../support/world.ts';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';
import { aHost, aHostState, anAlert, aTrackedSession, noon } from '../support/build.ts';
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
      const hostState = aHostState({ host, version: 0, trackedSessions: [] });
      await before.hostStates.save(
        hostState,
        { ...hostState, trackedSessions: [aTrackedSession()] },
        host.name === 'bastion-c' ? [anAlert()] : [],
      );
    }
    await redis
      .multi()
      .del(trackedSessionsKey(a ?? ''))
      .set(trackedSessionsKey(a ?? ''), 'x')
      .exec();
    await redis
      .multi()
      .del(hostStateKey(b ?? ''))
      .rpush(hostStateKey(b ?? ''), 'x')
      .exec();
    await redis.rpush(alertKey('alert-2'), 'x');
    stores = redisStores({ redis, log: keepingLog().log });
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  it('costs its own host and nobody else', async () => {
    const all = await stores.hostStates.all();
    expect(
      all.map(({ host: { name }, failing, trackedSessions }) => [
        name,
        failing?.failure.kind,
        trackedSessions.length,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['bastion-a', 'record-unreadable', 0],
        ['bastion-c', undefined, 1],
      ]),
    );
    expect(await stores.hostStates.get(c ?? '')).toMatchObject({ trackedSessions: [{}] });
    for (const id of [a, b]) await expect(stores.hostStates.get(id ?? '')).rejects.toThrow(UnreadableRecord);
  });

  it('is no alert, and the others are read', async () => {
    await expect(stores.alerts.get('alert-2')).rejects.toThrow(UnreadableRecord);
    expect(await stores.alerts.many(['alert-2', 'alert-1'])).toHaveLength(1);
  });

  it('is named with a reference, and not for longer than it lies there', async () => {
    const keys = async () => (await stores.records.unreadable()).map(({ key }) => key).toSorted();
    expect(await keys()).toEqual(
      [alertKey('alert-2'), hostStateKey(b ?? ''), trackedSessionsKey(a ?? '')].toSorted(),
    );
    await redis.del(alertKey('alert-2'));
    expect(await keys()).not.toContain(alertKey('alert-2'));
  });
});

/** Whatever somebody has written over the records: nothing is ended by it, nobody is told a lie, and the process lives on. */
describe('garbage in the place of everything that is stored', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(async () => scene.stop());

  type Spoil = (key: string) => readonly [command: string, ...args: string[]];
  const spoiled: readonly (readonly [string, Spoil])[] = [
    ['text that is no JSON', (key) => ['SET', key, '{"schema":1,"state":{"is":"approved']],
    ['JSON of another shape', (key) => ['SET', key, '{"state":{"is":"approved"},"host":null,"id":[]}']],
    ['a list', (key) => ['RPUSH', key, '__proto__', '{}']],
    ['a hash', (key) => ['HSET', key, '__proto__', '{}', 'constructor', '[]']],
    ['a sorted set', (key) => ['ZADD', key, '0', '__proto__', '1', 'alert:*', '2', '{}']],
  ];

  it.each(spoiled)('is survived: %s', async (_, spoil) => {
    const { direct, world, bot, alice } = scene;
    const keys = await direct.keys('*');
    const kept = await Promise.all(
      keys.map(async (key) => ({ key, value: await direct.dumpBuffer(key), leftMs: await direct.pttl(key) })),
    );
    const linesBefore = bot.log.length;
    const polls = () => world.azure.requests.count(({ path }) => /getActiveSessions/i.test(path));
    for (const key of keys) {
      const [command, ...args] = spoil(key);
      await direct
        .multi([
          ['del', key],
          [command.toLowerCase(), ...args],
        ])
        .exec();
    }
    await alice.command('/bastion sessions');
    await scene.click({ by: 'U0BOB', actionId: 'request_approve', value: scene.ids.request });
    await scene.click({ by: 'U0BOB', actionId: 'alert_acknowledge', value: scene.ids.alert });
    await eventually('a round of the process has met it', async () =>
      bot.log.slice(linesBefore).some(({ msg }) => msg === 'round failed'),
    );
    expect((await fetch(`${bot.adminUrl}/livez`)).status).toBe(200);

    await direct.flushall();
    // What goes by itself is a lock or an answer that was kept: it may be gone.
    for (const { key, value, leftMs } of kept) {
      if (leftMs === -1) await direct.restore(key, 0, value, 'REPLACE');
    }
    const before = polls();
    await eventually('the host is read again', async () => polls() > before);
    await eventuallyTyped('the sessions are listed again', async () => {
      await alice.command('/bastion sessions');
      return /vm-db-1/.test(textOf(await alice.nextEphemeral(), alice));
    });
    expect(scene.host.disconnects).toEqual([]);
    expect(bot.log.filter(({ msg }) => msg.startsWith('nobody caught'))).toEqual([]);
  });

  it('leaves a process that stops as any other', async () => {
    expect(await scene.bot.stop()).toBe(0);
  });
});
