import { describe, expect, it } from '@jest/globals';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import { showHistory } from '../../../src/usecases/history/show-history.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import {
  aHost,
  aHostState,
  anAlert,
  aPast,
  aPolicy,
  aRequest,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const by = { id: 'U0ALICE' };
const day = 24 * hour;
const query = { filter: noFilter, sinceMs: 7 * day, page: 0 };

async function withPast(ports: MemoryPorts, closedAt: readonly number[]): Promise<MemoryPorts> {
  await remember(ports, aHostState());
  const before = await ports.hostStates.get(aHost().id);
  if (!before) throw new Error('the host is not known');
  const ended = closedAt.map((at, index) => aPast({ ref: `ref-${index}`, closedAt: at }));
  await ports.hostStates.save(before, before, [], { ended });
  return ports;
}

describe('showHistory', () => {
  it('goes as far back as asked for, and no farther than the policy keeps', async () => {
    const closedAt = [1, 3, 8].map((days) => noon - days * day);
    const ports = await withPast(memoryPorts({ policy: aPolicy({ historyDays: 5 }) }), closedAt);
    for (const [sinceMs, sessions] of [
      [2 * day, 1],
      [30 * day, 2],
    ] as const) {
      expect(await showHistory(ports, { by, query: { ...query, sinceMs } })).toMatchObject({
        is: 'listed',
        list: { sessions, since: noon - Math.min(sinceMs, 5 * day) },
      });
    }
  });

  it('tells days as they are where the reader is', async () => {
    const ports = await withPast(memoryPorts(), [Date.parse('2026-11-22T23:30:00Z')]);
    const told = await showHistory(ports, { by, query: { ...query, sinceMs: day } });
    if (told.is !== 'listed') throw new Error(told.is);
    const counted = told.list.periods.filter(({ counts }) => counts.byItself > 0);
    expect(counted.map(({ label }) => label)).toEqual(['23 Nov']);
  });

  it('says where there were more than it looked at', async () => {
    const closedAt = Array.from({ length: 5001 }, (_, index) => noon - index * 1000);
    const ports = await withPast(memoryPorts(), closedAt);
    expect(await showHistory(ports, { by, query })).toMatchObject({
      list: { isCut: true, sessions: 5000, since: noon - 4999 * 1000 },
    });
  });

  it('needs the right to view', async () => {
    const ports = memoryPorts({ policy: aPolicy({ access: { ...aPolicy().access, view: [] } }) });
    expect(await showHistory(ports, { by, query })).toMatchObject({ is: 'denied' });
    expect(ports.trail).toMatchObject([{ what: 'view-refused' }]);
  });
});

describe('a poll', () => {
  const poll = async (ports: MemoryPorts) =>
    pollHost(ports, aHost().id, { freshSince: ports.time.now, haste: 'background' });
  const past = async ({ history }: MemoryPorts) => history.closedSince(0, 10);

  it('remembers a session that it no longer sees, once, in the step that ends its watch', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] }), [
      anAlert(),
    ]);
    ports.bastion.answer(aHost().id, { ok: true, sessions: [] });
    for (let times = 0; times < 3; times += 1) {
      ports.time.now += minute;
      await poll(ports);
    }
    expect(await past(ports)).toMatchObject([
      { ref: 'ref-1', seenAt: noon, closedAt: noon + minute, how: { is: 'by-itself' } },
    ]);
  });

  it('names the request where a disconnect of ours was under way', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    const entry = { at: noon, by: 'bastion-bot', what: 'disconnect-sent' };
    const sent = { by: 'U0BOSS', decidedAt: noon, sentAt: noon, calls: 1 } as const;
    await ports.requests.open(aRequest({ state: { is: 'sending', ...sent } }), entry);
    ports.bastion.answer(aHost().id, { ok: true, sessions: [] });
    ports.time.now += minute;
    await poll(ports);
    expect(await past(ports)).toMatchObject([
      { how: { is: 'by-bot', requestId: 'request-1', requester: 'U0ASKER' } },
    ]);
  });

  it('remembers the sessions of a host that is gone as lost sight of', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    ports.bastion.answer(aHost().id, { ok: false, failure: { kind: 'host-gone' } });
    for (let times = 0; times < 2; times += 1) {
      ports.time.now += minute;
      await poll(ports);
    }
    expect(await past(ports)).toMatchObject([{ ref: 'ref-1', how: { is: 'lost', why: 'host-gone' } }]);
  });

  it('takes a host that does not answer for no ending', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    for (let hours = 0; hours < 23; hours += 1) {
      ports.time.now += hour;
      await poll(ports);
    }
    expect(await past(ports)).toEqual([]);
  });
});
