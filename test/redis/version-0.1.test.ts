import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { auditOfRequest, auditOfStep } from '../../src/domain/audit/entry.ts';
import { isSilent } from '../../src/domain/alerts/silence.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { storedNames, storedWords } from '../../src/redis/record/stored-words.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { pollHost } from '../../src/usecases/hosts/poll-host.ts';
import { aRequest, aSession, hour, minute, noon } from '../support/build.ts';
import { keepingLog } from '../support/log.ts';
import type { MemoryPorts } from '../support/memory-ports.ts';
import { memoryPorts } from '../support/memory-ports.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';

const value = z.union([z.string(), z.record(z.string(), z.unknown())]);
/** Three silent hosts, one of them heard again, in an outage; one in doubt; one that its settings leave out. */
const written = z
  .record(
    z.string(),
    z.object({
      record: value.optional(),
      hash: z.record(z.string(), value).optional(),
      set: z.array(z.string()).optional(),
      sorted: z.array(z.tuple([value, z.number()])).optional(),
    }),
  )
  .parse(JSON.parse(readFileSync(`${import.meta.dirname}/written-by-0.1.json`, 'utf8')));

const text = (stored: z.output<typeof value>) =>
  typeof stored === 'string' ? stored : JSON.stringify(stored);
const last = noon + 6 * minute;

describe('what version 0.1 wrote', () => {
  let server: TestRedis;
  let redis: Redis;
  let ports: MemoryPorts;
  let kept: ReturnType<typeof keepingLog>;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = connectRedis({ url: server.url, use: 'commands', log: keepingLog().log });
    await heard(redis, 'ready');
  });
  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });
  beforeEach(async () => {
    await redis.flushall();
    for (const [key, { record, hash = {}, set = [], sorted = [] }] of Object.entries(written)) {
      if (record !== undefined) await redis.set(key, text(record));
      for (const [field, stored] of Object.entries(hash)) await redis.hset(key, field, text(stored));
      for (const member of set) await redis.sadd(key, member);
      for (const [member, score] of sorted) await redis.zadd(key, score, text(member));
    }
    kept = keepingLog();
    ports = { ...memoryPorts({ log: kept.log }), ...redisStores({ redis, log: kept.log }) };
    ports.time.now = last + minute;
  });

  const stateOf = async (name: string) => {
    const found = (await ports.hostStates.all()).find(({ host }) => host.name === name);
    if (!found) throw new Error(`${name} is not there`);
    return found;
  };
  const poll = async (name: string, sessions = ['session-1']) => {
    const { host } = await stateOf(name);
    ports.bastion.find([host]);
    ports.bastion.answer(host.id, {
      ok: true,
      sessions: sessions.map((sessionId) =>
        aSession({ hostId: host.id, sessionId, startedAt: noon - 2 * hour }),
      ),
    });
    await redis.set('{bastion}:reading-counter', 1000, 'NX');
    return pollHost(ports, host.id, { freshSince: ports.clock(), haste: 'background' });
  };
  const everything = async () => {
    const keys = await redis.keys('*');
    const texts = keys.map(async (key) => {
      const type = await redis.type(key);
      if (type === 'string') return redis.get(key);
      return type === 'hash'
        ? Object.values(await redis.hgetall(key))
        : redis.zrange(key, '0', '-1').catch(() => '');
    });
    return (await Promise.all(texts)).flat().join('\n');
  };

  it('is read whole', async () => {
    expect(await stateOf('bastion-a')).toMatchObject({
      silenceId: 'id-15',
      trackedSessions: [{ alertId: 'id-2' }],
    });
    expect(await stateOf('bastion-doubt')).toMatchObject({ doubtfulSince: last });
    const silences = await ports.silences.many(['id-15', 'id-16', 'id-17']);
    expect(silences.map(({ state }) => state.is)).toEqual(['no-data', 'no-data', 'data-again']);
    expect(silences.filter(isSilent)).toHaveLength(2);
    const [outage] = await ports.outages.lasting();
    expect(outage?.hosts.map(({ silenceId }) => silenceId).toSorted()).toEqual(['id-15', 'id-16', 'id-17']);
    expect(await ports.alerts.get('id-14')).toMatchObject({ state: { is: 'lost', why: 'no-longer-polled' } });
    expect(await ports.cards.get({ card: 'silence', id: 'id-15' })).toMatchObject({
      key: { card: 'silence', id: 'id-15' },
      shown: 2,
    });
    expect(kept.lines.filter(({ event }) => event.includes('cannot be read'))).toEqual([]);
  });

  it('is gone on with: the silence that lasts is the one that ends, and the doubt is settled', async () => {
    await poll('bastion-a');
    expect(await ports.silences.get('id-15')).toMatchObject({ state: { is: 'data-again' } });
    expect(await stateOf('bastion-a')).not.toHaveProperty('silenceId');
    await poll('bastion-doubt', []);
    expect(await stateOf('bastion-doubt')).not.toHaveProperty('doubtfulSince');
    expect((await stateOf('bastion-doubt')).trackedSessions).toEqual([]);
  });

  it('is written on in its own words, so that a replica of version 0.1 goes on with it', async () => {
    await poll('bastion-a');
    const before = await stateOf('bastion-b');
    await ports.hostStates.save(before, { ...before, doubtfulSince: last }, []);
    const [outage] = await ports.outages.lasting();
    if (outage) await ports.outages.save({ outage, silences: [] }, last);
    const record = await redis.get(`{bastion}:memory:${before.host.id}`);
    expect(JSON.parse(record ?? '')).toMatchObject({ blindnessId: 'id-16', emptiedAt: last });
    expect(JSON.parse((await redis.get('{bastion}:blindness:id-15')) ?? '')).toMatchObject({
      state: { is: 'seeing' },
    });
    const all = await everything();
    for (const ours of [...storedNames.keys(), ...storedWords.keys()]) expect(all).not.toContain(`"${ours}"`);
    for (const theirs of ['blindnessId', 'emptiedAt', 'blind', 'seeing', 'no-longer-watched']) {
      expect(all).toContain(`"${theirs}"`);
    }
  });

  it('may be in the new words by then, which a later version writes', async () => {
    const before = await stateOf('bastion-b');
    const key = `{bastion}:memory:${before.host.id}`;
    await redis.set(key, ((await redis.get(key)) ?? '').replace('blindnessId', 'silenceId'));
    await redis.set(
      '{bastion}:blindness:id-16',
      ((await redis.get('{bastion}:blindness:id-16')) ?? '').replace('"blind"', '"no-data"'),
    );
    await redis.set(
      '{bastion}:alert:id-14',
      ((await redis.get('{bastion}:alert:id-14')) ?? '').replace('no-longer-watched', 'no-longer-polled'),
    );
    expect(await stateOf('bastion-b')).toMatchObject({ silenceId: 'id-16' });
    expect(await ports.silences.get('id-16')).toMatchObject({ state: { is: 'no-data' } });
    expect(await ports.alerts.get('id-14')).toMatchObject({ state: { why: 'no-longer-polled' } });
  });

  it.each([...storedWords.keys()])('keeps %j as it was typed, as a reason and on record', async (reason) => {
    const request = aRequest({ id: 'request-9', ref: 'ref-9', reason });
    await ports.requests.open(request, auditOfRequest(request, noon));
    const alert = await ports.alerts.get('id-2');
    if (alert) {
      const step = { did: 'snoozed', by: 'U0BOSS', at: noon, until: noon + hour, reason } as const;
      const handling = { is: 'snoozed', by: 'U0BOSS', at: noon, until: noon + hour, reason } as const;
      await ports.alerts.save({ ...alert, handling, steps: [step] }, auditOfStep(alert, step));
    }
    expect(await ports.requests.get('request-9')).toMatchObject({ reason });
    expect(await ports.alerts.get('id-2')).toMatchObject({ handling: { reason }, steps: [{ reason }] });
    const audit = (await redis.xrange('{bastion}:audit', '-', '+')).map(([, fields]) => fields.join(' '));
    expect(audit).toHaveLength(2);
    expect(audit.filter((entry) => entry.includes(`"why":"${reason}"`))).toHaveLength(2);
  });
});
