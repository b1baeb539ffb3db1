import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Stores } from '../../../src/ports/ports.ts';
import { UnreadableRecord } from '../../../src/ports/unreadable-record.ts';
import { closeRedis, connectRedis } from '../../../src/redis/connect.ts';
import { redisStores } from '../../../src/redis/store/stores.ts';
import {
  aHost,
  aHostState,
  anAlert,
  aPast,
  aRequest,
  aSession,
  aTrackedSession,
  minute,
  noon,
} from '../../support/build.ts';
import { eventually } from '../../support/eventually.ts';
import { keepingLog } from '../../support/log.ts';
import type { TestRedis } from '../../support/redis.ts';
import { heard, startTestRedis } from '../../support/redis.ts';
import { auditTrail } from '../../support/trail.ts';

const host = aHost();
const read = aHostState({ version: 0 });

describe('the stores in Redis', () => {
  const { log } = keepingLog();
  let server: TestRedis;
  let redis: Redis;
  let second: Redis;
  /** Two replicas of the bot. */
  let one: Stores;
  let two: Stores;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = connectRedis({ url: server.url, use: 'commands', log });
    second = connectRedis({ url: server.url, use: 'commands', log });
    await Promise.all([heard(redis, 'ready'), heard(second, 'ready')]);
  });
  afterAll(async () => {
    await Promise.all([closeRedis(redis), closeRedis(second)]);
    await server.stop();
  });
  beforeEach(async () => {
    await redis.flushall();
    one = redisStores({ redis, log, settledKeepMs: minute });
    two = redisStores({ redis: second, log });
    await one.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
    await save(one, read);
  });

  async function load(stores: Stores): Promise<HostState> {
    const hostState = await stores.hostStates.get(host.id);
    if (!hostState) throw new Error('the host is not known');
    return hostState;
  }
  async function save(stores: Stores, after: HostState) {
    return stores.hostStates.save(await load(stores), after, []);
  }
  async function callsOf(command: string): Promise<string | undefined> {
    const stats = await redis.info('commandstats');
    return new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1];
  }

  it('show one replica what another has changed', async () => {
    expect(await load(two)).toEqual({ ...read, version: 1 });
    const opened = aTrackedSession({ ref: 'ref-2', session: aSession({ sessionId: 'session-2' }) });
    await save(one, { ...read, trackedSessions: [opened] });
    expect(await load(two)).toEqual({ ...read, version: 2, trackedSessions: [opened] });
    expect(await two.hostStates.all()).toEqual([{ ...read, version: 2, trackedSessions: [opened] }]);
  });

  it('show one replica a host that another has forgotten and found again', async () => {
    await load(two);
    const known = await load(one);
    await one.hostStates.forget(known, { ...known, trackedSessions: [] }, []);
    await one.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
    const other = aTrackedSession({ ref: 'ref-2' });
    await save(one, { ...read, trackedSessions: [other] });
    expect((await load(two)).trackedSessions).toEqual([other]);
  });

  it('write and read no session where a poll changed none', async () => {
    const before = await load(one);
    const [written, loaded] = [await callsOf('hset'), await callsOf('hgetall')];
    const session = { ...aSession(), vm: { ...aSession().vm } };
    await one.hostStates.save(
      before,
      { ...before, readAt: noon + minute, trackedSessions: [aTrackedSession({ session })] },
      [],
    );
    expect((await load(one)).readAt).toBe(noon + minute);
    expect([await callsOf('hset'), await callsOf('hgetall')]).toEqual([written, loaded]);
  });

  it('have one winner between replicas', async () => {
    const [mine, theirs] = [await load(one), await load(two)];
    const saved = await Promise.all([
      one.hostStates.save(mine, { ...mine, lastCounter: 7 }, []),
      two.hostStates.save(theirs, { ...theirs, lastCounter: 8 }, []),
    ]);
    expect([...saved].sort()).toEqual(['conflict', 'saved']);
  });

  it('keep a settled request no longer for a look that brought nothing', async () => {
    const request = aRequest();
    const sent = { decidedAt: noon, sentAt: noon, calls: 1 } as const;
    const gone = { is: 'gone', ...sent, checkedAt: noon } as const;
    await one.requests.open(request, auditOfRequest(request, noon));
    const lookout = { nextLookAt: noon, until: noon + minute };
    const settled = { ...request, version: 1, state: { ...gone, lookout } };
    await one.requests.save(settled, auditOfRequest(settled, noon));
    await redis.pexpire('{bastion}:request:request-1', minute / 2);
    expect(await one.requests.postpone({ ...request, version: 2, state: gone })).toBe('saved');
    const leftMs = await redis.pttl('{bastion}:request:request-1');
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(minute / 2);
  });

  it('keep a turn for as long as its owner lives', async () => {
    const turn = await one.readings.begin(host.id, 3000);
    if (turn === 'busy') throw new Error('the turn was not free');
    await redis.pexpire(`{bastion}:turn:${host.id}`, 2000);
    await eventually('the turn is kept', async () => (await redis.pttl(`{bastion}:turn:${host.id}`)) > 2000);
    await one.readings.end(host.id, turn.turn);
    expect(await two.readings.begin(host.id, minute)).not.toBe('busy');
  });

  it('keep every key under one hash tag', async () => {
    const request = aRequest();
    await one.hostStates.save(await load(one), read, [anAlert()]);
    await one.requests.open(request, auditOfRequest(request, noon));
    await one.requests.takeSlot(request.id, 1, noon);
    await one.readings.begin(host.id, minute);
    const keys = await redis.keys('*');
    expect(keys.length).toBeGreaterThan(8);
    expect(keys.filter((key) => !key.startsWith('{bastion}:'))).toEqual([]);
  });

  it('keep what has ended for a while only, with its card', async () => {
    const ended = anAlert({ version: 1, state: { is: 'ended', checkedAt: noon } });
    const key = { card: 'alert', id: ended.id } as const;
    await one.hostStates.save(await load(one), read, [anAlert()]);
    expect(await redis.pttl('{bastion}:alert:alert-1')).toBe(-1);
    await one.hostStates.save(await load(one), read, [ended]);
    await one.cards.save({ key, version: 0, shown: 2 });
    for (const kept of ['{bastion}:alert:alert-1', '{bastion}:card:alert:alert-1:alerts']) {
      const left = await redis.pttl(kept);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(minute);
    }
  });

  it('spell a card as version 0.1 does, and read what that has written', async () => {
    const key = { card: 'alert-wake', id: 'alert-1', at: noon } as const;
    const name = `alert:alert-1:wake-${noon}`;
    const written = { schema: 1, key: { subject: 'alert', id: 'alert-1', role: `wake-${noon}` } };
    await one.cards.save({ key, version: 0, shown: 1 }, noon);
    expect(JSON.parse((await redis.get(`{bastion}:card:${name}`)) ?? '')).toEqual({
      ...written,
      version: 1,
      shown: 1,
    });
    expect(await redis.zscore('{bastion}:due', `card:${name}`)).toBe(String(noon));
    await redis.set(`{bastion}:card:${name}`, JSON.stringify({ ...written, version: 2, shown: 2 }));
    expect(await one.cards.get(key)).toEqual({ key, version: 2, shown: 2 });
  });

  it('drop entries that are too old from the audit, ten at a time', async () => {
    const entry = { at: Date.now(), by: 'U0ASKER', what: 'view-refused' };
    for (let count = 0; count < 12; count += 1) await one.audit.append(entry);
    await one.audit.append({ ...entry, at: entry.at + 366 * 24 * 60 * minute });
    expect(await auditTrail(redis)).toHaveLength(3);
  });

  it.each([
    ['no JSON', '{'],
    ['a record of a later version of the bot', JSON.stringify({ schema: 2, version: 1 })],
    ['a record that lacks a field', JSON.stringify({ schema: 1, version: 1 })],
  ])('name the key of %s instead of believing it', async (_what, text) => {
    await redis.set('{bastion}:request:request-1', text);
    await expect(one.requests.get('request-1')).rejects.toThrow(UnreadableRecord);
    await expect(one.requests.get('request-1')).rejects.toThrow('{bastion}:request:request-1');
  });

  it('remember ended sessions for as many days as they are told, and then none', async () => {
    const keeping = redisStores({ redis, log, historyKeepMs: 10 * minute });
    const end = async (ref: string, closedAt: number) => {
      const before = await load(keeping);
      await keeping.hostStates.save(before, before, [], { ended: [aPast({ ref, closedAt })] });
    };
    await end('old', noon);
    await end('new', noon + 10 * minute);
    expect((await one.history.closedSince(0, 10)).map(({ ref }) => ref)).toEqual(['new', 'old']);
    await end('newest', noon + 10 * minute + 1);
    expect((await one.history.closedSince(0, 10)).map(({ ref }) => ref)).toEqual(['newest', 'new']);
    const left = await redis.pttl('{bastion}:history');
    expect(left).toBeGreaterThan(9 * minute);
    expect(left).toBeLessThanOrEqual(10 * minute);
  });

  it('forget ended sessions in time though more was found out about them, and look for them once', async () => {
    const before = await load(one);
    const ended = Array.from({ length: 9 }, (_, index) => aPast({ ref: `ref-${index}` }));
    await one.hostStates.save(before, before, [], { ended });
    const refined = ended.map((past) => ({ ...past, session: aSession({ clientAddress: '203.0.113.7' }) }));
    await redis.call('CONFIG', 'RESETSTAT');
    await one.history.refine(refined);
    expect(await redis.info('commandstats')).toMatch(/cmdstat_zrangebyscore:calls=1,/);
    expect(await one.history.closedSince(0, 10)).toEqual(expect.arrayContaining(refined));
    await redis.zremrangebyrank('{bastion}:history', 0, -2);
    const [last] = await one.history.closedSince(0, 10);
    if (last) await one.history.refine([{ ...last, session: aSession() }]);
    expect(await redis.pttl('{bastion}:history')).toBeGreaterThan(0);
  });

  it('survive the death of the server with everything that was saved', async () => {
    // While the disk is slow, Redis holds back for up to two seconds what it has not handed to the system yet.
    await eventually('all of it is written', async () =>
      /^aof_buffer_length:0\r?$/m.test(await redis.info('persistence')),
    );
    await server.restart();
    await eventually('the stores answer again', async () =>
      one.hostStates.all().then(
        () => true,
        () => false,
      ),
    );
    expect(await load(one)).toEqual({ ...read, version: 1 });
  });
});
