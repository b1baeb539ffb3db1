import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aRequest,
  aSession,
  aTrackedSession,
  minute,
  noon,
} from '../../support/build.ts';
import { aroundCalls, Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const { id: hostId } = aHost();
const second = 1000;
const approved: RequestState = { is: 'approved', by: 'U0BOSS', decidedAt: noon };
const id = aRequest().id;

interface World {
  readonly ports: MemoryPorts;
  /** The sessions that are open in Azure; a disconnect ends them. */
  readonly open: Map<string, Session>;
}

/** A decided request for the session of `aSession`, which is open. */
async function world(state: RequestState = approved, overrides: Partial<MemoryPorts> = {}): Promise<World> {
  const ports = memoryPorts(overrides);
  const bystander = aSession({ sessionId: 'session-2' });
  const open = new Map([aSession(), bystander].map((session) => [session.sessionId, session]));
  const trackedSessions = [aTrackedSession(), aTrackedSession({ ref: 'ref-2', session: bystander })];
  await remember(ports, aHostState({ trackedSessions }));
  ports.bastion.answer(hostId, () => ({ ok: true, sessions: [...open.values()] }));
  ports.bastion.answerDisconnect(() => {
    const last = ports.bastion.disconnects.at(-1);
    const isKnown = last !== undefined && open.delete(last.sessionId);
    return { ok: true, state: isKnown ? 'Disconnected' : 'NotFound' };
  });
  const request = aRequest({ state });
  await ports.requests.open(request, auditOfRequest(request, noon));
  return { ports, open };
}

async function stateOf({ requests }: MemoryPorts): Promise<RequestState | undefined> {
  const request = await requests.get(id);
  return request?.state;
}

const failing = (failure: AzureFailure) => ({ ok: false, failure }) as const;
const audited = ({ trail }: MemoryPorts) => trail.map(({ what }) => what);
const sends = (ports: MemoryPorts) => audited(ports).filter((what) => what.startsWith('disconnect-sent'));

describe('an approved request', () => {
  it('is read for, sent and proven', async () => {
    const { ports, open } = await world();
    ports.time.now = noon + second;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', by: 'U0BOSS', calls: 1 });
    expect(ports.bastion.disconnects).toEqual([{ hostId, sessionId: 'session-1' }]);
    expect([...open.keys()]).toEqual(['session-2']);
    expect(ports.bastion.readings).toHaveLength(2);
    expect(audited(ports)).toEqual(['disconnect-approved', 'disconnect-sent', 'disconnect-gone']);
  });

  it('is not sent on the strength of a reading from before the decision', async () => {
    const { ports, open } = await world({ ...approved, decidedAt: noon + 1 });
    open.delete('session-1');
    ports.time.now = noon + 1;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { is: 'ended-by-itself' } });
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it.each([
    ['other-login', aSession({ vmLogin: 'bob' })],
    ['other-start', aSession({ startedAt: noon })],
    ['other-machine', aSession({ vm: { name: 'vm-web-2' } })],
  ])('is not sent when the session has changed: %s', async (change, session) => {
    const { ports, open } = await world();
    ports.time.now = noon + second;
    open.set('session-1', session);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { is: 'changed', change } });
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it('is not sent once the policy has disconnecting switched off', async () => {
    const off = aPolicy({ disconnect: { ...aPolicy().disconnect, approval: 'off' } });
    const { ports } = await world(approved, { policy: off });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { is: 'switched-off' } });
    expect([ports.bastion.readings, ports.bastion.disconnects]).toEqual([[], []]);
  });

  it('is not sent beyond the hourly limit, and says so', async () => {
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, maxPerHour: 1 } });
    const { ports } = await world(approved, { policy });
    await ports.requests.takeSlot('another', 1, noon);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({
      is: 'not-sent',
      why: { is: 'hourly-limit', maxPerHour: 1 },
    });
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it('waits for a host that is read by somebody else', async () => {
    const { ports } = await world();
    ports.time.now = noon + second;
    await ports.readings.begin(hostId, 10 * second);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
    expect(ports.time.now).toBeGreaterThanOrEqual(noon + 11 * second);
  });

  it('is not sent to a host that is no longer known', async () => {
    const { ports } = await world();
    const hostState = await ports.hostStates.get(hostId);
    if (hostState) await ports.hostStates.forget(hostState, { ...hostState, trackedSessions: [] }, []);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ why: { is: 'unread', failure: { kind: 'host-gone' } } });
  });
});

describe('a request that was sent', () => {
  it.each<AzureFailure>([{ kind: 'forbidden', action: 'disconnect' }, { kind: 'locked' }])(
    'is settled by a refusal: $kind',
    async (failure) => {
      const { ports } = await world();
      ports.bastion.answerDisconnect({ ok: false, failure, nothingDone: true });
      await advanceRequest(ports, id);
      expect(await stateOf(ports)).toMatchObject({ is: 'refused', failure });
      expect(ports.bastion.disconnects).toHaveLength(1);
    },
  );

  it('is proven by a reading though the answer to the call was lost', async () => {
    const { ports, open } = await world();
    ports.bastion.answerDisconnect(() => {
      open.delete('session-1');
      return { ok: false, failure: { kind: 'timed-out' }, nothingDone: false };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', calls: 1 });
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('is sent once more ten seconds later, and then said to have had no effect', async () => {
    const { ports } = await world();
    const calledAt: number[] = [];
    ports.bastion.answerDisconnect(() => {
      calledAt.push(ports.time.now);
      return { ok: true, state: 'Disconnected' };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'still-there', calls: 2 });
    const [first = 0, again = 0, ...more] = calledAt;
    expect(again - first).toBeGreaterThanOrEqual(10 * second);
    expect(ports.time.now - again).toBeGreaterThanOrEqual(minute);
    expect(more).toEqual([]);
  });

  it('is called unproven, not gone, when the host falls silent', async () => {
    const { ports } = await world();
    ports.bastion.answerDisconnect(() => {
      ports.bastion.answer(hostId, failing({ kind: 'timed-out' }));
      return { ok: true, state: 'Disconnected' };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'unproven', failure: { kind: 'timed-out' } });
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('is not proven by one reading that lost every session of a busy host', async () => {
    const { ports, open } = await world();
    for (const sessionId of ['session-3', 'session-4']) open.set(sessionId, aSession({ sessionId }));
    ports.bastion.answerDisconnect({ ok: true, state: 'Disconnected' });
    let readings = 0;
    ports.bastion.answer(hostId, () => {
      readings += 1;
      return { ok: true, sessions: readings === 2 ? [] : [...open.values()] };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'still-there' });
  });
});

describe('a process that was held up', () => {
  /** For a minute, once, after the first call of this name. */
  const heldUp = (ports: MemoryPorts, after: string, meanwhile: () => void | Promise<void>) => {
    let isOver = false;
    return aroundCalls(ports, async (name, call) => {
      const result = await call();
      if (name === after && !isOver) {
        isOver = true;
        ports.time.now += minute;
        await meanwhile();
      }
      return result;
    });
  };

  it('makes no call that may have been left to somebody else', async () => {
    const { ports, open } = await world();
    const successor = aSession({ startedAt: noon + minute });
    const slow = heldUp(ports, 'requests.save', async () => {
      await advanceRequest(ports, id);
      open.set('session-1', successor);
    });
    await advanceRequest(slow, id);
    expect(open.get('session-1')).toEqual(successor);
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('makes the call, or leaves it to whoever comes next, once it has read again', async () => {
    const { ports } = await world();
    await advanceRequest(
      heldUp(ports, 'requests.save', () => undefined),
      id,
    );
    await settle(ports, minute);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', calls: 2 });
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('does not go by what it had read before', async () => {
    const { ports, open } = await world();
    const successor = aSession({ startedAt: noon + minute });
    ports.time.now = noon + second;
    const slow = heldUp(ports, 'readings.end', () => void open.set('session-1', successor));
    await advanceRequest(slow, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { change: 'other-start' } });
    expect(ports.bastion.disconnects).toEqual([]);
  });
});

describe('a pending request', () => {
  it('is left alone before its time and expires at it', async () => {
    const { ports } = await world({ is: 'pending' });
    ports.time.now = aRequest().expiresAt - 1;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toEqual({ is: 'pending' });
    ports.time.now += 1;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toEqual({ is: 'expired', at: ports.time.now });
    expect(ports.bastion.readings).toEqual([]);
  });
});

describe('attending to nothing', () => {
  it('is fine: the hint may be old', async () => {
    const { ports } = await world({ is: 'expired', at: noon });
    await advanceRequest(ports, id);
    await advanceRequest(ports, 'never-asked');
    expect(audited(ports)).toEqual(['disconnect-expired']);
  });
});

describe('carrying out that is cut off', () => {
  const calls = Array.from({ length: 20 }, (_, call) => call);
  const cuts = calls.flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)('$when call $call ends right when it runs again', async ({ call, when }) => {
    const { ports, open } = await world();
    ports.time.now = noon + second;
    await advanceRequest(dyingAt(ports, call, when), id).catch(diedOnly);
    await settle(ports, 5 * minute);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
    expect(ports.bastion.disconnects).toEqual([{ hostId, sessionId: 'session-1' }]);
    expect([...open.keys()]).toEqual(['session-2']);
    expect(ports.channel.messages.map(({ place }) => place)).toEqual([
      { channel: 'C0APPROVE' },
      { user: 'U0ASKER' },
    ]);
    expect(ports.channel.messages).toMatchObject([
      { content: { request: { state: { is: 'gone' } } } },
      { content: { request: { state: { is: 'gone' } } } },
    ]);
  });

  it.each(cuts)(
    '$when call $call, and found again only an hour later, is sent no more, or has been sent once',
    async ({ call, when }) => {
      const { ports } = await world();
      ports.time.now = noon + second;
      await advanceRequest(dyingAt(ports, call, when), id).catch(diedOnly);
      ports.time.now += 60 * minute;
      await settle(ports, 5 * minute);
      const state = await stateOf(ports);
      const tooLate = { is: 'not-sent', why: { is: 'too-late' } };
      const wasBegun = state?.is !== 'not-sent';
      expect(state).toMatchObject(wasBegun ? { is: 'gone' } : tooLate);
      expect(ports.bastion.disconnects).toHaveLength(wasBegun ? 1 : 0);
    },
  );

  function diedOnly(error: unknown): void {
    if (!(error instanceof Died)) throw error;
  }
});

describe('replicas that carry out one request', () => {
  it('send one disconnect for each time that it is on record, at most two, and prove it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, endsByItself) => {
        const { ports, open } = await world();
        ports.time.now = noon + second;
        const replica = interleaved(ports, scheduler);
        const runs = [advanceRequest(replica, id), advanceRequest(replica, id)];
        if (endsByItself) runs.push(end());
        await scheduler.waitFor(Promise.all(runs));

        const state = await stateOf(ports);
        const sent = ports.bastion.disconnects.length;
        expect(sent).toBe(sends(ports).length);
        expect(sent).toBeLessThanOrEqual(2);
        expect(sent > 0 ? ['gone'] : ['not-sent']).toContain(state?.is);
        expect([...open.keys()]).toEqual(['session-2']);

        async function end() {
          await scheduler.schedule(Promise.resolve(), 'the session ends');
          open.delete('session-1');
        }
      }),
      runs(60),
    );
  });

  it('never sends a second time within ten seconds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports } = await world();
        ports.bastion.answerDisconnect({ ok: true, state: 'Disconnected' });
        const replica = interleaved(ports, scheduler);
        await scheduler.waitFor(Promise.all([advanceRequest(replica, id), advanceRequest(replica, id)]));
        const [first, again, ...more] = ports.trail.filter(({ what }) => what.startsWith('disconnect-sent'));
        expect((again?.at ?? Infinity) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10 * second);
        expect(more).toEqual([]);
        expect(await stateOf(ports)).toMatchObject({ is: 'still-there' });
      }),
      runs(20),
    );
  });

  it('let expiry or approval win, never both', async () => {
    const { expiresAt } = aRequest();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: -2, max: 2 }), async (scheduler, offset) => {
        const { ports } = await world({ is: 'pending' });
        ports.time.now = expiresAt + offset;
        const replica = interleaved(ports, scheduler);
        const request = await ports.requests.get(id);
        const state = { ...approved, decidedAt: ports.time.now };
        const decided: DisconnectRequest = { ...aRequest(), ...request, state };
        await scheduler.waitFor(
          Promise.all([
            advanceRequest(replica, id),
            replica.requests.save(decided, auditOfRequest(decided, ports.time.now)),
          ]),
        );
        await settle(ports, 10 * second);
        const isExpired = audited(ports).includes('disconnect-expired');
        expect(isExpired).not.toBe(audited(ports).includes('disconnect-approved'));
        expect(ports.bastion.disconnects).toHaveLength(isExpired ? 0 : 1);
      }),
      runs(60),
    );
  });
});
