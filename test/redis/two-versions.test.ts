import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { auditOfRequest } from '../../src/domain/audit/entry.ts';
import { parseFilter } from '../../src/domain/sessions/filter-text.ts';
import type { HostState } from '../../src/domain/sessions/host-state.ts';
import type { ReadingResult } from '../../src/domain/sessions/reading.ts';
import { UnreadableRecord } from '../../src/ports/unreadable-record.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { deliverCard } from '../../src/usecases/cards/deliver-card.ts';
import { findDeleted } from '../../src/usecases/cards/find-deleted.ts';
import { discoverHosts } from '../../src/usecases/hosts/discover-hosts.ts';
import { keepPolling } from '../../src/usecases/hosts/keep-polling.ts';
import { pollHost } from '../../src/usecases/hosts/poll-host.ts';
import { askDisconnect } from '../../src/usecases/requests/ask-disconnect.ts';
import { advanceRequest } from '../../src/usecases/requests/advance-request.ts';
import { refreshSessions } from '../../src/usecases/sessions/refresh-sessions.ts';
import {
  aHost,
  aHostState,
  anAlert,
  aPast,
  aPolicy,
  aRequest,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../support/build.ts';
import { keepingLog } from '../support/log.ts';
import type { MemoryPorts } from '../support/memory-ports.ts';
import { memoryPorts } from '../support/memory-ports.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';

const host = aHost();
const other = aHost({ name: 'bastion-other' });
const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });
/** Each began at a second of its own. */
const shows = (...ids: string[]): ReadingResult => ({
  ok: true,
  sessions: ids.map((sessionId, index) => aSession({ sessionId, startedAt: noon - hour - index * 1000 })),
});
const timedOut: ReadingResult = { ok: false, failure: { kind: 'timed-out' } };
const keyOf = {
  memory: `{bastion}:memory:${host.id}`,
  trackedSessions: `{bastion}:watches:${host.id}`,
  alert: '{bastion}:alert:alert-1',
  due: '{bastion}:due',
};
type Change = (record: Readonly<Record<string, unknown>>) => object;
const later: Change = (record) => ({ ...record, schema: 2 });

describe('a replica beside one of a later version', () => {
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
    ports = replica();
    await ports.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
    const hostState = aHostState({
      trackedSessions: [aTrackedSession({ alertId: 'alert-1' })],
      lastCounter: 0,
    });
    await ports.hostStates.save(await load(), hostState, [anAlert()]);
    // As a process that has not read this host before.
    ports = replica();
    ports.time.now = noon + minute;
    ports.bastion.find([host]);
    ports.bastion.answer(host.id, shows('session-1', 'session-2'));
  });

  function replica(): MemoryPorts {
    kept = keepingLog();
    const memory = memoryPorts({ policy, log: kept.log });
    return { ...memory, ...redisStores({ redis, log: kept.log }) };
  }
  const poll = async () => pollHost(ports, host.id, { freshSince: ports.clock(), haste: 'background' });
  const pollLater = async (result: ReadingResult) => {
    ports.time.now += minute;
    ports.bastion.answer(host.id, result);
    return poll();
  };
  const list = async () => {
    const query = { filter: parseFilter('').filter, page: 0 };
    return refreshSessions(ports, { by: { id: 'U0ALICE' }, query });
  };
  const left = async () => (await ports.records.unreadable()).map(({ key }) => key);
  const logged = () => kept.lines.filter(({ event }) => event === 'left a record alone that cannot be read');

  async function rewrite(key: string, change: Change): Promise<void> {
    await redis.set(key, changed(await redis.get(key), change), 'KEEPTTL');
  }
  async function rewriteField(key: string, field: string, change: Change): Promise<void> {
    await redis.hset(key, field, changed(await redis.hget(key, field), change));
  }
  async function dump(): Promise<readonly unknown[]> {
    const keys = (await redis.keys('*')).toSorted();
    return Promise.all(keys.map(async (key) => [key, await redis.dumpBuffer(key)]));
  }
  async function load(): Promise<HostState> {
    const hostState = await ports.hostStates.get(host.id);
    if (!hostState) throw new Error('the host is not known');
    return hostState;
  }

  describe.each<[what: string, key: string, write: () => Promise<void>]>([
    ['the state of a host', keyOf.memory, async () => rewrite(keyOf.memory, later)],
    [
      'a failure of a host of a kind it does not know',
      keyOf.memory,
      async () =>
        rewrite(keyOf.memory, (record) => ({
          ...record,
          failing: { since: noon, failure: { kind: 'on-fire' } },
        })),
    ],
    [
      'a tracked session',
      `${keyOf.trackedSessions} ref-1`,
      async () => rewriteField(keyOf.trackedSessions, 'ref-1', later),
    ],
    ['a host', `{bastion}:hosts ${host.id}`, async () => rewriteField('{bastion}:hosts', host.id, later)],
    [
      'the state of a host, which is no JSON any more',
      keyOf.memory,
      async () => void (await redis.set(keyOf.memory, '{')),
    ],
  ])('that cannot read %s', (_what, key, write) => {
    it('leaves the host alone', async () => {
      await write();
      const before = await dump();
      expect(await poll()).toMatchObject({
        is: 'unreadable',
        hostState: {
          host: { id: host.id, name: 'bastion-prod' },
          failing: { failure: { kind: 'record-unreadable' } },
        },
      });
      await poll();
      expect(await dump()).toEqual(before);
      expect(ports.bastion.readings).toEqual([]);
      expect(ports.jobs.enqueued).toEqual([]);
    });

    it('keeps it on the list as not read, polls the others, and names the record once', async () => {
      await write();
      await ports.hosts.noteDiscovery({ hosts: [other], problems: [] }, noon);
      ports.bastion.answer(other.id, shows());
      const outcome = await list();
      await poll();
      const [unreadable] = await ports.records.unreadable();
      expect(outcome).toMatchObject({
        is: 'listed',
        list: {
          sessions: 0,
          hosts: [
            { name: 'bastion-other', readAt: ports.time.now },
            {
              name: 'bastion-prod',
              sessions: 0,
              failing: { failure: { kind: 'record-unreadable', reference: unreadable?.reference } },
            },
          ],
        },
      });
      expect(unreadable).toMatchObject({ key, reference: expect.stringMatching(/^[0-9a-f]{8}$/) });
      expect(logged()).toMatchObject([{ fields: { key, reference: unreadable?.reference } }]);
      await keepPolling(ports);
      const due = await ports.turns.due(ports.policy.polling.everyMs, 10);
      expect(due.toSorted()).toEqual([other.id, host.id].toSorted());
    });

    it('does not find it anew either', async () => {
      await write();
      const fields = await redis.hgetall('{bastion}:hosts');
      await discoverHosts(ports);
      expect(await redis.hgetall('{bastion}:hosts')).toEqual(fields);
      expect(ports.jobs.polls).toEqual([]);
    });

    it('waits with what was approved, sends nothing and gives up in the end', async () => {
      const approved = aRequest({ state: { is: 'approved', by: 'U0BOSS', decidedAt: ports.time.now } });
      await ports.requests.open(approved, auditOfRequest(approved, noon));
      await write();
      for (; ports.time.now <= approved.expiresAt + minute; ports.time.now += minute) {
        await advanceRequest(ports, approved.id);
      }
      expect((await ports.requests.get(approved.id))?.state).toMatchObject({
        is: 'not-sent',
        why: { is: 'unread', failure: { kind: 'record-unreadable' } },
      });
      expect(ports.bastion.disconnects).toEqual([]);
    });

    it('tells who asks for the end of a session that its record cannot be read', async () => {
      await write();
      const asking = askDisconnect(ports, { ref: 'ref-1', by: { id: 'U0ALICE' }, reason: 'lunch' });
      await expect(asking).rejects.toThrow(UnreadableRecord);
    });
  });

  it('takes a host up again once its records can be read', async () => {
    const before = await redis.get(keyOf.memory);
    await rewrite(keyOf.memory, later);
    await poll();
    await redis.set(keyOf.memory, before ?? '');
    expect(await left()).toEqual([]);
    expect(await poll()).toMatchObject({
      is: 'read',
      hostState: { trackedSessions: [{ ref: 'ref-1' }, {}] },
    });
    expect(kept.lines).toContainEqual(expect.objectContaining({ event: 'could read a record again' }));
  });

  describe('that cannot read an alert', () => {
    let unreadable: string | null;
    beforeEach(async () => {
      await rewrite(keyOf.alert, (record) => ({ ...record, state: { is: 'muted', until: noon } }));
      unreadable = await redis.get(keyOf.alert);
    });
    const alerts = async () => (await redis.keys('{bastion}:alert:*')).toSorted();

    it('raises no second one, leaves it alone, and concludes the rest', async () => {
      await poll();
      await pollLater(shows('session-1', 'session-2'));
      await pollLater(timedOut);
      const hostState = await load();
      expect(hostState.trackedSessions).toMatchObject([
        { alertId: 'alert-1' },
        { session: { sessionId: 'session-2' } },
      ]);
      expect(await alerts()).toHaveLength(2);
      expect(await redis.get(keyOf.alert)).toBe(unreadable);
      expect(await left()).toEqual([keyOf.alert]);
    });

    it('ends it once it can be read, though the session is no longer tracked', async () => {
      await pollLater(shows());
      await pollLater(shows());
      expect(await load()).toMatchObject({ trackedSessions: [], alertsToEnd: [{ ref: 'ref-1' }] });
      expect(await redis.get(keyOf.alert)).toBe(unreadable);
      expect((await ports.history.closedSince(0, 9)).map(({ ref }) => ref)).toEqual(['ref-1']);
      await rewrite(keyOf.alert, (record) => ({ ...record, state: { is: 'open' } }));
      await pollLater(shows());
      expect(await ports.alerts.get('alert-1')).toMatchObject({
        state: { is: 'ended', checkedAt: ports.time.now },
      });
      expect(await load()).not.toHaveProperty('alertsToEnd');
      expect(await ports.history.closedSince(0, 9)).toHaveLength(1);
    });

    it('forgets no host with it, and loses sight of its session once', async () => {
      const gone: ReadingResult = { ok: false, failure: { kind: 'host-gone' } };
      for (let polls = 0; polls < 3; polls += 1) await pollLater(gone);
      expect(await load()).toMatchObject({ trackedSessions: [{ ref: 'ref-1' }] });
      expect(await ports.history.closedSince(0, 9)).toEqual([]);
      await rewrite(keyOf.alert, (record) => ({ ...record, state: { is: 'open' } }));
      await pollLater(gone);
      expect(await ports.alerts.get('alert-1')).toMatchObject({ state: { is: 'lost' } });
      expect(await ports.hostStates.get(host.id)).toBeUndefined();
      expect(await ports.history.closedSince(0, 9)).toHaveLength(1);
    });

    it('leaves its card to others, and is not kept from those after it', async () => {
      const key = { card: 'alert', id: 'alert-1' } as const;
      expect(await ports.due.by(ports.time.now, 1)).toEqual([{ kind: 'card', key }]);
      await expect(deliverCard(ports, key)).rejects.toThrow(UnreadableRecord);
      await redis.zadd(keyOf.due, ports.time.now, 'request:request-1');
      expect(await ports.due.by(ports.time.now, 1)).toEqual([{ kind: 'request', id: 'request-1' }]);
      await rewrite(keyOf.alert, (record) => ({ ...record, state: { is: 'open' } }));
      expect(await ports.due.by(ports.time.now, 1)).toEqual([{ kind: 'card', key }]);
    });
  });

  it('raises no second silence beside one that it cannot read, and concludes the rest', async () => {
    for (let polls = 0; polls < 4; polls += 1) await pollLater(timedOut);
    const { silenceId } = await load();
    const key = `{bastion}:blindness:${silenceId}`;
    await rewrite(key, (record) => ({ ...record, state: { is: 'dozing' } }));
    const unreadable = await redis.get(key);
    await pollLater({ ok: false, failure: { kind: 'unreachable' } });
    await pollLater(shows('session-1', 'session-2'));
    expect(await load()).toMatchObject({ silenceId, readAt: ports.time.now, trackedSessions: [{}, {}] });
    for (let polls = 0; polls < 4; polls += 1) await pollLater(timedOut);
    expect(await redis.keys('{bastion}:blindness:*')).toEqual([key]);
    expect(await redis.get(key)).toBe(unreadable);
    await rewrite(key, (record) => ({ ...record, state: { is: 'no-data' } }));
    await pollLater(shows('session-1'));
    expect(await ports.silences.get(silenceId ?? '')).toMatchObject({ state: { is: 'data-again' } });
  });

  describe('that cannot read what is due', () => {
    const foreign = ['digest:weekly', 'card:alert:alert-1:hologram', 'card:nonsense'];

    it('leaves it there, passes over it and names it once', async () => {
      await redis.zadd(keyOf.due, ...foreign.flatMap((member, index) => [`${index}`, member]));
      for (let sweeps = 0; sweeps < 2; sweeps += 1) {
        expect(await ports.due.by(ports.time.now, 2)).toMatchObject([{ kind: 'card' }]);
      }
      expect(await redis.zrange(keyOf.due, '0', '2')).toEqual(foreign);
      expect(await left()).toEqual(foreign.map((member) => `${keyOf.due} ${member}`));
      expect(logged()).toHaveLength(3);
      await redis.zrem(keyOf.due, foreign[0] ?? '');
      expect(await left()).toHaveLength(2);
    });
  });

  it('opens no second request beside one that it cannot read, and changes nothing', async () => {
    const request = aRequest();
    await ports.requests.open(request, auditOfRequest(request, noon));
    await rewrite('{bastion}:request:request-1', (record) => ({ ...record, state: { is: 'waiting' } }));
    const before = await dump();
    const second = aRequest({ id: 'request-2' });
    await expect(ports.requests.open(second, auditOfRequest(second, noon))).rejects.toThrow(UnreadableRecord);
    await expect(advanceRequest(ports, request.id)).rejects.toThrow(UnreadableRecord);
    expect(await ports.requests.unsettled()).toEqual([]);
    expect(await dump()).toEqual(before);
  });

  it('leaves alone what it does not know of an ended session, and its moment', async () => {
    const request = aRequest({
      state: { is: 'gone', decidedAt: noon, sentAt: noon, calls: 1, checkedAt: noon },
    });
    await ports.requests.open(request, auditOfRequest(request, noon));
    await rewrite('{bastion}:request:request-1', (record) => ({
      ...record,
      state: { ...request.state, encore: { at: noon } },
    }));
    await redis.zadd(keyOf.due, noon, 'request:request-1');
    const before = await dump();
    await advanceRequest(ports, request.id);
    expect(await dump()).toEqual(before);
    expect(ports.bastion.readings).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('looks for the other cards where it cannot read one', async () => {
    await deliverCard(ports, { card: 'alert', id: 'alert-1' });
    const request = aRequest();
    await ports.requests.open(request, auditOfRequest(request, noon));
    await deliverCard(ports, { card: 'request', id: request.id });
    await rewrite('{bastion}:card:request:request-1:approvals', later);
    while (ports.channel.messages[0]) ports.channel.remove(ports.channel.messages[0].ref);
    await findDeleted(ports);
    expect(ports.jobs.enqueued).toEqual([{ kind: 'card', key: { card: 'alert', id: 'alert-1' } }]);
  });

  it('shows the history that it can read, and names the rest', async () => {
    const hostState = await load();
    await ports.hostStates.save(hostState, hostState, [], { ended: [aPast(), aPast({ ref: 'ref-2' })] });
    const [entry = ''] = await redis.zrange('{bastion}:history', '0', '0');
    await redis.zadd('{bastion}:history', `${noon}`, changed(entry, later));
    for (let looks = 0; looks < 2; looks += 1) {
      expect(await ports.history.closedSince(0, 9)).toHaveLength(2);
    }
    expect(await redis.zcard('{bastion}:history')).toBe(3);
    expect(await left()).toEqual(['{bastion}:history']);
    expect(logged()).toHaveLength(1);
  });

  it('leaves the last discovery alone, and says that it cannot read it', async () => {
    await rewrite('{bastion}:discovery', later);
    const before = await redis.get('{bastion}:discovery');
    await discoverHosts(ports);
    expect(await redis.get('{bastion}:discovery')).toBe(before);
    expect(await ports.hosts.lastDiscovery()).toMatchObject({
      problems: [{ scope: 'all subscriptions', failure: { kind: 'record-unreadable' } }],
    });
  });

  it('forgets a record that is deleted', async () => {
    await rewrite(keyOf.alert, later);
    await ports.alerts.many(['alert-1']);
    expect(await left()).toEqual([keyOf.alert]);
    await redis.del(keyOf.alert);
    expect(await left()).toEqual([]);
    expect(kept.lines).toContainEqual(expect.objectContaining({ event: 'saw an unreadable record go' }));
  });

  it('cannot read a request for several sessions, of which it would end one and call it done', async () => {
    const one = aRequest({ id: 'request-8' });
    const others = [{ ref: 'ref-9', session: aSession({ sessionId: 'session-9', startedAt: noon }) }];
    const session = aSession({ sessionId: 'session-8' });
    const several = aRequest({ id: 'request-9', ref: 'ref-8', session, others });
    for (const request of [one, several]) await ports.requests.open(request, auditOfRequest(request, noon));
    const schemaOf = async (id: string) => {
      const text = await redis.get(`{bastion}:request:${id}`);
      return z.object({ schema: z.unknown() }).parse(JSON.parse(text ?? '')).schema;
    };
    // What every version looks at before it reads a record.
    expect(await schemaOf('request-8')).toBe(1);
    expect(await schemaOf('request-9')).not.toBe(1);
    expect(await ports.requests.get('request-9')).toMatchObject({ others });
  });
});

function changed(text: string | null, change: Change): string {
  return JSON.stringify(change(z.record(z.string(), z.unknown()).parse(JSON.parse(text ?? ''))));
}
