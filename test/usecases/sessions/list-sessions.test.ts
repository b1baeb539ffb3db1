import { describe, expect, it } from '@jest/globals';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import { listSessions } from '../../../src/usecases/sessions/list-sessions.ts';
import { refreshSessions } from '../../../src/usecases/sessions/refresh-sessions.ts';
import { aHost, aHostState, aPolicy, aSession, hour, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const host = aHost();
const by = { id: 'U0ALICE' };
const query = { filter: noFilter, page: 0 };
const second = 1000;
const everybody = aPolicy().access;

async function world(overrides: Partial<MemoryPorts> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  await remember(ports, aHostState());
  ports.bastion.answer(host.id, { ok: true, sessions: [aSession(), aSession({ sessionId: 'session-2' })] });
  return ports;
}

describe.each([
  ['listing', listSessions],
  ['refreshing', refreshSessions],
])('%s', (_what, list) => {
  it('shows no session data without the right, and asks nothing of Azure', async () => {
    const ports = await world({ policy: aPolicy({ access: { ...everybody, view: [] } }) });
    const outcome = await list(ports, { by, query });
    expect(outcome).toEqual({
      is: 'denied',
      denied: { allowed: false, right: 'view', who: [], because: 'not-named' },
    });
    expect(ports.bastion.readings).toEqual([]);
    expect(ports.trail).toMatchObject([{ what: 'view-refused' }]);
  });

  it.each([
    ['required', everybody, 'required'],
    ['none', everybody, 'none'],
    ['off', everybody, 'off'],
    ['required', { ...everybody, disconnect: [] }, 'off'],
  ] as const)('offers what the policy and the person allow: %s', async (approval, access, offer) => {
    const policy = aPolicy({ access, disconnect: { ...aPolicy().disconnect, approval } });
    const ports = await world({ policy });
    expect(await list(ports, { by, query })).toMatchObject({ is: 'listed', offer });
    expect(ports.trail).toEqual([]);
  });
});

describe('listing', () => {
  it('takes the last readings and asks nothing of Azure', async () => {
    const ports = await world();
    ports.time.now = noon + 60 * second;
    const outcome = await listSessions(ports, { by, query });
    expect(outcome).toMatchObject({
      list: { sessions: 1, isDiscovered: true, hosts: [{ name: 'bastion-prod', readAt: noon }] },
    });
    expect(ports.bastion.readings).toEqual([]);
  });

  it('says so before anything was discovered', async () => {
    expect(await listSessions(memoryPorts(), { by, query })).toMatchObject({
      list: { isDiscovered: false },
    });
  });
});

describe('refreshing', () => {
  it.each([
    [5 * second, 0],
    [5 * second + 1, 1],
  ])('takes a reading that is %d ms old or reads: %d', async (age, readings) => {
    const ports = await world();
    ports.time.now = noon + age;
    await refreshSessions(ports, { by, query });
    expect(ports.bastion.readings).toHaveLength(readings);
  });

  it('reads every host and lists what it showed', async () => {
    const ports = await world();
    const other = aHost({ name: 'bastion-test' });
    await remember(ports, aHostState({ host: other, trackedSessions: [] }));
    ports.bastion.answer(other.id, { ok: false, failure: { kind: 'timed-out' } });
    ports.time.now = noon + 6 * second;
    expect(await refreshSessions(ports, { by, query })).toMatchObject({
      list: {
        sessions: 2,
        hosts: [
          { name: 'bastion-prod', readAt: noon + 6 * second },
          { name: 'bastion-test', failing: { failure: { kind: 'timed-out' } } },
        ],
      },
    });
    expect([...ports.bastion.readings].sort()).toEqual([host.id, other.id].sort());
  });

  it('waits for a host that somebody else reads, and takes that reading', async () => {
    const ports = await world();
    ports.time.now = noon + 6 * second;
    const turn = await ports.readings.begin(host.id, 90 * second);
    const reader = {
      ...ports,
      pause: async (ms: number) => {
        await ports.pause(ms);
        if (turn === 'busy' || ports.time.now < noon + 7 * second) return;
        await remember(
          ports,
          aHostState({ triedAt: noon + 6 * second, readAt: noon + 6 * second, trackedSessions: [] }),
        );
        await ports.readings.end(host.id, turn.turn);
      },
    };
    expect(await refreshSessions(reader, { by, query })).toMatchObject({ list: { sessions: 0 } });
    expect(ports.bastion.readings).toEqual([]);
  });

  it('lists what there is after ten seconds', async () => {
    const ports = await world();
    ports.time.now = noon + 6 * second;
    await ports.readings.begin(host.id, 90 * second);
    expect(await refreshSessions(ports, { by, query })).toMatchObject({
      list: { sessions: 1, hosts: [{ readAt: noon }] },
    });
    expect(ports.time.now - noon).toBeGreaterThanOrEqual(16 * second);
    expect(ports.time.now - noon).toBeLessThan(17 * second);
  });

  it('waits ten seconds in all, not for each of many busy hosts', async () => {
    const ports = memoryPorts();
    for (let number = 0; number < 60; number += 1) {
      const busy = aHost({ name: `bastion-${number}` });
      await remember(ports, aHostState({ host: busy, trackedSessions: [] }));
      await ports.readings.begin(busy.id, 90 * second);
    }
    ports.time.now = noon + 6 * second;
    await refreshSessions(ports, { by, query });
    expect(ports.time.now - noon).toBeLessThan(20 * second);
  });

  it('begins no reading once the person has waited for ten seconds', async () => {
    const ports = await world();
    const hosts = Array.from({ length: 30 }, (_, index) => aHost({ name: `bastion-${index}` }));
    await ports.hosts.noteDiscovery({ hosts, problems: [] }, noon);
    for (const { id } of hosts) {
      ports.bastion.answer(id, () => {
        ports.time.now += 10 * second;
        return { ok: false, failure: { kind: 'timed-out' } };
      });
    }
    await refreshSessions(ports, { by, query });
    expect(ports.bastion.readings.length).toBeLessThan(30);
    expect(ports.bastion.readings.length).toBeGreaterThan(0);
  });

  it('searches for hosts too, and reads what it finds', async () => {
    const ports = memoryPorts();
    ports.bastion.find([host]);
    ports.bastion.answer(host.id, { ok: true, sessions: [aSession()] });
    expect(await refreshSessions(ports, { by, query })).toMatchObject({ list: { sessions: 1 } });
  });

  it('searches once for all who press at the same time', async () => {
    const ports = memoryPorts();
    ports.bastion.find([host]);
    const presses = Array.from({ length: 5 }, async () => refreshSessions(ports, { by, query }));
    await Promise.all(presses);
    expect(ports.lines.filter(({ event }) => event === 'looked for hosts')).toHaveLength(1);
  });

  it.each([
    ['a minute after the last search', { at: noon - minute, problems: [] }, true],
    ['sooner', { at: noon - minute + 1, problems: [] }, false],
    ['five seconds after one that failed', { at: noon - 5 * second, problems: [problem()] }, true],
    ['sooner than that', { at: noon - 4 * second, problems: [problem()] }, false],
    ['once the clock was put back', { at: noon + hour, problems: [] }, true],
  ])('searches or not: %s', async (_when, last, searches) => {
    const ports = memoryPorts();
    await ports.hosts.noteDiscovery({ hosts: [], problems: last.problems }, last.at);
    ports.bastion.find([host]);
    await refreshSessions(ports, { by, query });
    expect((await ports.hosts.all()).length > 0).toBe(searches);
  });
});

function problem() {
  return {
    scope: 'all subscriptions',
    failure: { kind: 'failed', code: 'ServiceUnavailable' },
  } as const;
}
