import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Silence } from '../../../src/domain/alerts/silence.ts';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { Lane } from '../../../src/ports/rate-limiter.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { findMoved } from '../../../src/usecases/cards/find-moved.ts';
import {
  aBatch,
  aHostState,
  anAlert,
  aRequest,
  aSession,
  aTrackedSession,
  minute,
  noon,
} from '../../support/build.ts';
import { aroundCalls } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { after, dueCards, elsewhere, key, round, shown, sorted, trackedSessions, world } from './moved.ts';

async function change(ports: MemoryPorts, changes: Partial<Alert>): Promise<void> {
  const alert = await ports.alerts.get('alert-1');
  if (alert) await remember(ports, aHostState({ trackedSessions }), [{ ...alert, ...changes }]);
}
const before = ['alert in C0ALERTS', 'alert-steps in C0ALERTS', 'request in C0APPROVE'];

describe('open cards, where the policy names another channel', () => {
  it('are posted there, with what was done about them, and the old ones say where they went', async () => {
    const ports = await world();
    expect(sorted(ports)).toEqual(before);
    const moved = elsewhere(ports);
    await round(moved);
    expect(sorted(ports)).toEqual(after);
    const parent = ports.channel.messages.find(
      ({ content, movedTo }) => content.card === 'alert' && !movedTo,
    );
    const reply = ports.channel.messages.at(-1);
    expect(reply).toMatchObject({
      content: { card: 'alert-steps' },
      place: { thread: parent?.ref.message },
    });
    expect(await dueCards(ports)).toEqual([]);
  });

  it('are those of several requests at once and of silent hosts too', async () => {
    const ports = memoryPorts();
    const [one, two] = ['request-1', 'request-2'].map((id) =>
      aRequest({ id, ref: id, batchId: 'batch-1', session: aSession({ sessionId: id }) }),
    );
    if (!one || !two) throw new Error('there are no requests');
    const members = [one, two].map((request) => ({ request, entry: auditOfRequest(request, noon) }));
    await ports.batches.open(aBatch(), members);
    const hostState = aHostState({ silenceId: 'silence-1' });
    const silence: Silence = {
      id: 'silence-1',
      version: 0,
      hostId: hostState.host.id,
      hostName: hostState.host.name,
      since: noon,
      sessions: 0,
      failure: { kind: 'timed-out' },
      state: { is: 'no-data' },
    };
    await ports.hosts.noteDiscovery({ hosts: [hostState.host], problems: [] }, noon);
    const unread = await ports.hostStates.get(hostState.host.id);
    if (!unread) throw new Error('there is no host');
    await ports.hostStates.save(unread, hostState, [], { silence });
    await settle(ports, 20_000);
    await round(elsewhere(ports));
    expect(sorted(ports)).toEqual([
      'batch in C0APPROVE, gone to C0NEWAPPROVE',
      'batch in C0NEWAPPROVE',
      'silence in C0ALERTS, gone to C0NEW',
      'silence in C0NEW',
    ]);
  });

  it('are edited where they are from then on', async () => {
    const ports = await world();
    const moved = elsewhere(ports);
    await round(moved);
    await change(ports, { state: { is: 'ended', checkedAt: noon } });
    await settle(moved, 20_000);
    const told = ports.channel.messages.filter(({ content }) => content.card === 'alert');
    expect(told).toMatchObject([
      { movedTo: 'C0NEW' },
      { content: { alert: { state: { is: 'ended' } } }, ref: { channel: 'C0NEW' } },
    ]);
  });

  it('cost nothing where they are where they belong', async () => {
    const ports = await world();
    const calls: string[] = [];
    const counted = aroundCalls(ports, async (name, call) => {
      if (name.startsWith('channel.') || name === 'cards.save') calls.push(name);
      return call();
    });
    await findMoved(counted, { refusedToo: true });
    expect(calls).toEqual([]);
    expect(ports.jobs.enqueued).toEqual([]);
  });

  it('stay where they are once they are over', async () => {
    const ports = await world();
    await change(ports, { state: { is: 'ended', checkedAt: noon } });
    await settle(ports, 20_000);
    await round(elsewhere(ports));
    expect(shown(ports).filter((text) => text.startsWith('alert '))).toEqual(['alert in C0ALERTS']);
  });

  it('do not go back and forth between replicas that disagree', async () => {
    const ports = await world();
    const moved = elsewhere(ports);
    await round(moved);
    const posts = ports.channel.calls.post;
    for (let time = 0; time < 10; time += 1) {
      await round(ports);
      await round(moved);
    }
    // The reply has followed its alert.
    expect(ports.channel.calls.post).toBeLessThanOrEqual(posts + 1);
    ports.time.now += 10 * minute;
    await round(ports);
    await round(ports);
    expect(shown(ports).filter((text) => text.startsWith('alert '))).toEqual([
      'alert in C0ALERTS, gone to C0NEW',
      'alert in C0NEW, gone to C0ALERTS',
      'alert in C0ALERTS',
    ]);
  });

  it('are found where they went though the answer was lost, whatever the policy of who looks', async () => {
    const ports = await world();
    ports.channel.mayRead = true;
    ports.channel.failNext({ ok: false, why: 'unsure' });
    await deliverCard(elsewhere(ports), key);
    await settle(ports, 2 * minute);
    expect(shown(ports).filter((text) => text.startsWith('alert '))).toEqual([
      'alert in C0ALERTS, gone to C0NEW',
      'alert in C0NEW',
    ]);
  });

  it('are posted in the new one though an earlier post is open in one where nobody may look any more', async () => {
    const ports = await world();
    ports.channel.mayRead = true;
    await change(ports, { seenAt: noon + 1 });
    const { message: _gone, ...card } = await ports.cards.get(key);
    const posting = { since: ports.time.now, to: { channel: 'C0ALERTS' } };
    await ports.cards.save({ ...card, shown: 0, posting }, ports.time.now);
    const { channel } = ports;
    const closed = {
      ...elsewhere(ports),
      channel: {
        ...channel,
        find: async () => ({ ok: false, why: 'refused', code: 'not_in_channel' }) as const,
      },
    };
    await settle(closed, minute);
    expect(shown(ports)).toContain('alert in C0NEW');
    expect(await ports.cards.inTrouble()).toEqual([]);
  });

  it('are kept true where they are while they wait for their turn', async () => {
    const ports = await world();
    const waiting = {
      ...elsewhere(ports),
      rateLimiter: {
        take: async (lane: Lane) => (lane === 'edits' ? 0 : 60_000),
        close: async () => undefined,
      },
    };
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(waiting, key);
    expect(ports.channel.messages[0]).toMatchObject({ content: { alert: { version: 2 } } });
    expect(ports.channel.messages).toHaveLength(3);
  });

  it('stay true in the old channel while the new one refuses them', async () => {
    const ports = await world();
    const moved = elsewhere(ports);
    ports.channel.failNext({ ok: false, why: 'refused', code: 'not_in_channel' });
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(moved, key);
    expect(ports.channel.messages).toMatchObject([
      { content: { alert: { version: 2 } }, ref: { channel: 'C0ALERTS' } },
      {},
      {},
    ]);
    await round(moved);
    await round(moved);
    expect(sorted(ports)).toEqual(after);
  });

  it('move where nothing can be edited any more in the old channel', async () => {
    const ports = await world();
    const archived = { ok: false, why: 'refused', code: 'is_archived' } as const;
    await change(ports, { seenAt: noon + 1 });
    ports.channel.failNext(archived);
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toHaveLength(1);
    await findMoved(elsewhere(ports), { refusedToo: false });
    expect(ports.jobs.enqueued).not.toContainEqual({ kind: 'card', key });
    await round(elsewhere(ports));
    expect(shown(ports)).toContainEqual('alert in C0NEW');
    expect(await ports.cards.inTrouble()).toEqual([]);
  });

  it('are there a thousand at once', async () => {
    const ports = memoryPorts();
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    await remember(
      ports,
      aHostState({
        trackedSessions: numbers.map((number) =>
          aTrackedSession({
            ref: `ref-${number}`,
            session: aSession({ sessionId: `session-${number}` }),
            alertId: `alert-${number}`,
          }),
        ),
      }),
      numbers.map((number) => anAlert({ id: `alert-${number}` })),
    );
    for (const number of numbers) await deliverCard(ports, { card: 'alert', id: `alert-${number}` });
    await findMoved(elsewhere(ports), { refusedToo: true });
    expect(ports.jobs.enqueued).toHaveLength(1000);
    expect(await ports.due.by(ports.time.now, 2000)).toHaveLength(1000);
  });
});
