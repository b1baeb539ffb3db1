import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ReadingResult } from '../../../src/domain/sessions/reading.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { UnreadableRecord } from '../../../src/ports/unreadable-record.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { closeOvertaken } from '../../../src/usecases/requests/close-overtaken.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { aHost, aHostState, aSession, aTrackedSession, minute } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const { id: hostId } = aHost();
const names = ['a', 'b'];
const sessionNamed = (sessionId: string) => aSession({ sessionId, vm: { name: `vm-${sessionId}` } });
const shows = (...ids: string[]): ReadingResult => ({ ok: true, sessions: ids.map(sessionNamed) });

/** Two sessions on one host. */
async function world(overrides: Partial<MemoryPorts> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  await remember(
    ports,
    aHostState({
      trackedSessions: names.map((name) => aTrackedSession({ ref: name, session: sessionNamed(name) })),
    }),
  );
  return ports;
}

const ask = async (ports: Ports, ref = 'a') =>
  askDisconnect(ports, { ref, by: { id: 'U0ASKER' }, reason: 'left open' });
async function pollLater(ports: MemoryPorts, result: ReadingResult): Promise<void> {
  ports.time.now += minute;
  ports.bastion.answer(hostId, result);
  await pollHost(ports, hostId, { freshSince: ports.time.now, haste: 'background' });
}
const stateOf = async ({ requests }: Ports, id = 'id-1') => (await requests.get(id))?.state;
const texts = ({ channel }: MemoryPorts) => channel.messages.map(({ content }) => content.card);

describe('a pending request whose session ends by itself', () => {
  it('is looked after as soon as a reading shows the end, and is said to be over once', async () => {
    const ports = await world();
    await ask(ports);
    await settle(ports, 2000);
    await pollLater(ports, shows('b'));
    const hinted = ports.jobs.enqueued.filter(({ kind }) => kind === 'request');
    expect(hinted).toEqual([{ kind: 'request', id: 'id-1' }]);
    await advanceRequest(ports, 'id-1');
    expect(await stateOf(ports)).toEqual({
      is: 'overtaken',
      at: ports.time.now,
      why: { is: 'ended-by-itself', checkedAt: ports.time.now },
    });
    await closeOvertaken(ports);
    await settle(ports, 2000);
    expect(ports.trail.map(({ what }) => what)).toEqual(['disconnect-requested', 'disconnect-overtaken']);
    expect(texts(ports)).toEqual(['request', 'outcome']);
    expect(ports.channel.messages).toMatchObject([
      { content: { request: { state: { is: 'overtaken' } } } },
      { content: { request: { state: { is: 'overtaken' } } }, place: { user: 'U0ASKER' } },
    ]);
  });

  it('closes without any hint, and leaves the other open', async () => {
    const ports = await world();
    await ask(ports, 'a');
    await ask(ports, 'b');
    await pollLater(ports, shows('b'));
    await closeOvertaken(ports);
    expect(await stateOf(ports, 'id-1')).toMatchObject({ is: 'overtaken' });
    expect(await stateOf(ports, 'id-2')).toEqual({ is: 'pending' });
    const again = await pollHost(ports, hostId, { freshSince: ports.time.now, haste: 'background' });
    expect(again).toMatchObject({ is: 'read', hostState: { trackedSessions: [{ ref: 'b' }] } });
  });

  it('closes with the second reading where it was opened while the first was under way', async () => {
    const ports = await world();
    ports.time.now += minute;
    ports.bastion.answer(hostId, async () => {
      await ask(ports);
      return shows('b');
    });
    await pollHost(ports, hostId, { freshSince: ports.time.now, haste: 'background' });
    await closeOvertaken(ports);
    expect(await stateOf(ports)).toEqual({ is: 'pending' });
    await pollLater(ports, shows('b'));
    await closeOvertaken(ports);
    expect(await stateOf(ports)).toMatchObject({ is: 'overtaken' });
  });

  it('stays open while its host cannot be read, or its records cannot', async () => {
    const ports = await world();
    await ask(ports);
    await pollLater(ports, { ok: false, failure: { kind: 'timed-out' } });
    await closeOvertaken(ports);
    expect(await stateOf(ports)).toEqual({ is: 'pending' });
    const unreadable = { key: 'memory', reference: 'abc', why: 'not JSON', since: 0 };
    const hostStates = {
      ...ports.hostStates,
      get: async () => Promise.reject(new UnreadableRecord(unreadable)),
    };
    await closeOvertaken({ ...ports, hostStates });
    await advanceRequest({ ...ports, hostStates }, 'id-1');
    expect(await stateOf(ports)).toEqual({ is: 'pending' });
  });

  it('closes where its host is followed no more', async () => {
    const ports = await world();
    await ask(ports);
    const hostState = await ports.hostStates.get(hostId);
    if (hostState) await ports.hostStates.forget(hostState, { ...hostState, trackedSessions: [] }, []);
    await closeOvertaken(ports);
    expect(await stateOf(ports)).toMatchObject({ is: 'overtaken', why: { is: 'host-forgotten' } });
  });

  it('closes in a batch too, which tells its requester once', async () => {
    const ports = await world();
    await askSeveral(ports, { refs: names, by: { id: 'U0ASKER' }, reason: 'left open' });
    await settle(ports, 2000);
    await pollLater(ports, shows('b'));
    await closeOvertaken(ports);
    await settle(ports, 2000);
    expect(texts(ports)).toEqual(['batch']);
    await pollLater(ports, shows());
    await closeOvertaken(ports);
    await settle(ports, 2000);
    expect(texts(ports)).toEqual(['batch', 'batch-outcome']);
  });

  it('is closed once by two replicas, also while somebody decides and whoever dies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(12),
        fc.constantFrom('before' as const, 'after' as const),
        async (scheduler, call, when) => {
          const ports = await world();
          await ask(ports);
          await pollLater(ports, shows('b'));
          const dying = dyingAt(interleaved(ports, scheduler), call, when);
          const whole = interleaved(ports, scheduler);
          const click = reviewDisconnect(whole, { id: 'id-1', verb: 'deny', by: { id: 'U0BOSS' } });
          const all = Promise.all([
            closeOvertaken(dying).catch((error: unknown) => {
              if (!(error instanceof Died)) throw error;
            }),
            advanceRequest(whole, 'id-1'),
            click,
          ]);
          await scheduler.waitFor(all);
          await closeOvertaken(ports);
          const ends = ports.trail.filter(({ what }) => /-(overtaken|denied)$/.test(what));
          expect(ends).toHaveLength(1);
          await settle(ports, 60_000);
          expect(texts(ports)).toEqual(['request', 'outcome']);
        },
      ),
      runs(100),
    );
  });
});
