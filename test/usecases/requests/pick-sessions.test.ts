import { describe, expect, it } from '@jest/globals';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { pickSessions, refreshPick } from '../../../src/usecases/requests/pick-sessions.ts';
import { showSession } from '../../../src/usecases/sessions/show-session.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aSession,
  aTrackedSession,
  anAlert,
  hour,
  noon,
} from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const by = { id: 'U0ALICE' };
const query = { filter: noFilter, page: 0 };
const everybody = aPolicy().access;
const session = (sessionId: string, startedAt = noon - hour) => aSession({ sessionId, startedAt });

async function world(overrides: Partial<MemoryPorts> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  const trackedSessions = [
    aTrackedSession({ ref: 'a', session: session('a'), alertId: 'alert-1' }),
    aTrackedSession({ ref: 'b', session: session('b') }),
    aTrackedSession({ ref: 'c', session: session('c', noon) }),
  ];
  await remember(ports, aHostState({ trackedSessions }), [anAlert({ ref: 'a', session: session('a') })]);
  return ports;
}

describe.each([
  ['picking', async (ports: MemoryPorts) => pickSessions(ports, { by, query, picked: ['c'] })],
  [
    'refreshing what is picked from',
    async (ports: MemoryPorts) => refreshPick(ports, { by, query, picked: ['c'] }),
  ],
])('%s', (_what, pick) => {
  it('offers what is open, and keeps what is picked', async () => {
    expect(await pick(await world())).toMatchObject({
      is: 'offered',
      pick: { picked: [{ ref: 'c' }], rows: [{ ref: 'a', count: 2 }], over: 0 },
    });
  });

  it.each(['view', 'disconnect'] as const)('needs the right to %s, on record', async (right) => {
    const ports = await world({ policy: aPolicy({ access: { ...everybody, [right]: [] } }) });
    expect(await pick(ports)).toMatchObject({ is: 'denied', denied: { right } });
    expect(ports.trail).toMatchObject([{ what: `${right}-refused` }]);
  });

  it('is of no use where nothing can be ended', async () => {
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, approval: 'off' } });
    expect(await pick(await world({ policy }))).toEqual({ is: 'switched-off' });
  });
});

describe('refreshing what is picked from', () => {
  it('reads the hosts, and drops what is over', async () => {
    const ports = await world();
    ports.time.now += hour;
    ports.bastion.answer(aHost().id, { ok: true, sessions: [session('a'), session('b')] });
    expect(await refreshPick(ports, { by, query, picked: ['b', 'c'] })).toMatchObject({
      pick: { picked: [{ ref: 'a', count: 2 }], rows: [], over: 1 },
    });
  });

  it('reads nothing for whoever may not see it', async () => {
    const ports = await world({ policy: aPolicy({ access: { ...everybody, view: [] } }) });
    ports.time.now += hour;
    await refreshPick(ports, { by, query, picked: [] });
    expect(ports.bastion.readings).toEqual([]);
  });
});

describe('picking sessions of a tunnel', () => {
  it('is picking all of it, by whichever of them', async () => {
    for (const ref of ['a', 'b']) {
      const outcome = await pickSessions(await world(), { by, query, picked: [ref] });
      expect(outcome).toMatchObject({
        pick: { picked: [{ ref: 'a', count: 2 }], rows: [{ ref: 'c', count: 1 }], over: 0, matching: 1 },
      });
    }
  });
});

describe('showing a session', () => {
  it('tells its alert, its open request, and how many are alike', async () => {
    const ports = await world();
    await askDisconnect(ports, { ref: 'a', by, reason: 'left open' });
    expect(await showSession(ports, { ref: 'a', by })).toMatchObject({
      is: 'found',
      onHost: { tracked: { ref: 'a' } },
      alert: { id: 'alert-1' },
      request: { reason: 'left open' },
      alike: 1,
    });
    expect(await showSession(ports, { ref: 'b', by })).toMatchObject({
      alert: { id: 'alert-1' },
      request: { reason: 'left open', others: [{ ref: 'b' }] },
      alike: 1,
    });
    const plain = await showSession(ports, { ref: 'c', by });
    expect(plain).toMatchObject({ is: 'found', alike: 0 });
    expect(plain).not.toHaveProperty('alert');
    expect(plain).not.toHaveProperty('request');
  });

  it('knows nothing of one that is over, and tells nothing to whoever may not see', async () => {
    expect(await showSession(await world(), { ref: 'gone', by })).toEqual({ is: 'not-tracked' });
    const ports = await world({ policy: aPolicy({ access: { ...everybody, view: [] } }) });
    expect(await showSession(ports, { ref: 'a', by })).toMatchObject({ is: 'denied' });
    expect(ports.trail).toMatchObject([{ what: 'view-refused', session: { sessionId: 'a' } }]);
  });
});
