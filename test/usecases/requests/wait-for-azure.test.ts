import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { DisconnectAnswer } from '../../../src/ports/bastion.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { aHost, aHostState, aRequest, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import { aroundCalls, Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { fay, likely } from '../../support/origins.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const { id: hostId } = aHost();
const second = 1000;
/** Past what was read before the approval. */
const start = noon + 2 * second;
const { id, expiresAt } = aRequest();
const busy: AzureFailure = { kind: 'busy' };
const throttledUntil = (retryAt: number): AzureFailure => ({ kind: 'throttled', retryAt });
const times = (count: number, failure: AzureFailure) => Array.from({ length: count }, () => failure);

interface World {
  readonly ports: MemoryPorts;
  /** When Azure was asked to disconnect. */
  readonly calledAt: number[];
  /** Does nothing in the next calls, and says so; then it does what it is asked. */
  readonly refuse: (...failures: readonly AzureFailure[]) => void;
  /** What a reading comes to; undefined: it shows the session while that is open. */
  readonly unreadable: (failure: AzureFailure | undefined) => void;
}

/** A request that was approved at noon, for the one session that is open. */
async function world(): Promise<World> {
  const ports = memoryPorts();
  const calledAt: number[] = [];
  const refusals: AzureFailure[] = [];
  let unread: AzureFailure | undefined;
  let isOpen = true;
  ports.time.now = start;
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession()] }));
  ports.bastion.answer(hostId, () =>
    unread ? { ok: false, failure: unread } : { ok: true, sessions: isOpen ? [aSession()] : [] },
  );
  ports.bastion.answerDisconnect((): DisconnectAnswer => {
    calledAt.push(ports.time.now);
    const failure = refusals.shift();
    if (failure) return { ok: false, failure, nothingDone: true };
    isOpen = false;
    return { ok: true, state: 'Disconnected' };
  });
  const request = aRequest({ state: { is: 'approved', by: 'U0BOSS', decidedAt: noon } });
  await ports.requests.open(request, auditOfRequest(request, noon));
  return {
    ports,
    calledAt,
    refuse: (...failures) => void refusals.push(...failures),
    unreadable: (failure) => {
      unread = failure;
    },
  };
}

async function stateOf({ requests }: MemoryPorts): Promise<RequestState | undefined> {
  const request = await requests.get(id);
  return request?.state;
}

const audited = ({ trail }: MemoryPorts) => trail.map(({ what }) => what.replace('disconnect-', ''));
const cancel = async (ports: MemoryPorts, by = 'U0ASKER') =>
  reviewDisconnect(ports, { id, verb: 'cancel', by: { id: by } });
const diedOnly = (error: unknown): void => {
  if (!(error instanceof Died)) throw error;
};

describe('a disconnect that Azure does not take', () => {
  it.each<AzureFailure>([busy, { kind: 'failed', code: 'Conflict' }, { kind: 'signed-out' }])(
    'is no call, and is tried again: $kind',
    async (failure) => {
      const { ports, calledAt, refuse } = await world();
      refuse(failure, failure);
      await settle(ports, minute);
      expect(await stateOf(ports)).toMatchObject({ is: 'gone', by: 'U0BOSS', calls: 1 });
      expect(calledAt).toHaveLength(3);
      const steps = ['approved', 'sent', 'waiting', 'tried-again', 'waiting', 'tried-again', 'sent', 'gone'];
      expect(audited(ports)).toEqual(steps);
    },
  );

  it('is tried again when Azure says, not before, and by no job that waits meanwhile', async () => {
    const { ports, calledAt, refuse } = await world();
    refuse(throttledUntil(noon + 5 * minute));
    await advanceRequest(ports, id);
    expect(ports.time.now).toBe(start);
    expect(await stateOf(ports)).toMatchObject({
      is: 'approved',
      waiting: { since: start, for: 'call', nextTryAt: noon + 5 * minute },
    });
    expect(await ports.due.by(noon + 5 * minute - 1, 10)).not.toContainEqual({ kind: 'request', id });

    await settle(ports, 4 * minute);
    await advanceRequest(ports, id);
    expect([calledAt, ports.bastion.readings.length]).toEqual([[start], 1]);
    await settle(ports, 2 * minute);
    expect(calledAt).toEqual([start, noon + 5 * minute]);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', calls: 1 });
  });

  it('is no call either where it is found out meanwhile who is behind the session', async () => {
    const { ports, calledAt } = await world();
    ports.bastion.answerDisconnect(async (): Promise<DisconnectAnswer> => {
      calledAt.push(ports.time.now);
      const request = await ports.requests.get(id);
      const session = aSession({ origin: likely(fay) });
      if (request) await ports.requests.refine({ ...request, session }, ports.time.now);
      return { ok: false, failure: throttledUntil(noon + 5 * minute), nothingDone: true };
    });
    await advanceRequest(ports, id);
    expect(calledAt).toEqual([start]);
    expect(await ports.requests.get(id)).toMatchObject({
      session: { origin: { known: 'likely' } },
      state: { is: 'approved', waiting: { nextTryAt: noon + 5 * minute } },
    });
    expect(await ports.requests.takeSlot('another', 1, ports.time.now)).toBe(true);
  });

  it('counts against the hourly limit once', async () => {
    const { ports, refuse } = await world();
    refuse(busy, busy);
    await settle(ports, minute);
    expect(await ports.requests.takeSlot('another', 2, ports.time.now)).toBe(true);
  });

  it('takes nothing of the hourly limit while Azure turns it away', async () => {
    const { ports, refuse } = await world();
    refuse(...times(500, busy));
    await settle(ports, minute);
    expect(await ports.requests.takeSlot('another', 1, ports.time.now)).toBe(true);
  });

  it('keeps everybody from calling in a subscription that wants quiet', async () => {
    const { ports, refuse } = await world();
    refuse({ kind: 'throttled', of: 'subscription', retryAt: noon + 5 * minute });
    await settle(ports, second);
    expect(await ports.holds.leftMs(aHost().subscriptionId)).toBeGreaterThan(0);
  });

  it('is given up when its time is over, and the requester hears why', async () => {
    const { ports, calledAt, refuse } = await world();
    refuse(...times(500, busy));
    await settle(ports, 40 * minute);
    const state = { is: 'not-sent', why: { is: 'not-taken', failure: busy } };
    expect(await stateOf(ports)).toMatchObject(state);
    expect(Math.max(...calledAt)).toBeLessThan(expiresAt);
    expect(calledAt.length).toBeLessThan(50);
    expect(ports.channel.messages).toMatchObject([
      { content: { card: 'request', request: { state } } },
      { place: { user: 'U0ASKER' }, content: { card: 'outcome', request: { state } } },
    ]);
  });

  it('edits its card when it begins to wait and when the reason is another, not at every try', async () => {
    const { ports, refuse } = await world();
    refuse(...times(8, busy), ...times(8, { kind: 'failed', code: 'Conflict' }));
    await settle(ports, 30 * minute);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
    // Waiting, waiting for another reason, and gone.
    expect(ports.channel.calls.update).toBeLessThanOrEqual(3);
    expect(ports.channel.calls.post).toBe(2);
  });

  it('spends no second call either', async () => {
    const { ports } = await world();
    let calls = 0;
    ports.bastion.answerDisconnect((): DisconnectAnswer => {
      calls += 1;
      return calls === 2
        ? { ok: false, failure: busy, nothingDone: true }
        : { ok: true, state: 'Disconnected' };
    });
    await settle(ports, 3 * minute);
    expect(calls).toBe(3);
    expect(await stateOf(ports)).toMatchObject({ is: 'still-there', calls: 2 });
  });
});

describe('an approved request whose host cannot be read', () => {
  it.each<AzureFailure>([{ kind: 'signed-out' }, { kind: 'timed-out' }, throttledUntil(noon + 12 * minute)])(
    'waits and is sent once Azure answers: $kind',
    async (failure) => {
      const { ports, calledAt, unreadable } = await world();
      unreadable(failure);
      await settle(ports, 10 * minute);
      expect(await stateOf(ports)).toMatchObject({ is: 'approved', waiting: { failure, for: 'reading' } });
      unreadable(undefined);
      await settle(ports, 5 * minute);
      expect(await stateOf(ports)).toMatchObject({ is: 'gone', calls: 1 });
      expect(calledAt).toHaveLength(1);
      expect(audited(ports)).toEqual(['approved', 'waiting', 'sent', 'gone']);
    },
  );

  it('is sent soon after Azure answers again, by the job that has it', async () => {
    const { ports, calledAt, unreadable } = await world();
    unreadable({ kind: 'unreachable' });
    const pause = async (ms: number) => {
      unreadable(undefined);
      return ports.pause(ms);
    };
    await advanceRequest({ ...ports, pause }, id);
    expect(calledAt).toEqual([start + second]);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
  });

  it('is given up unsent when its time is over', async () => {
    const { ports, calledAt, unreadable } = await world();
    unreadable({ kind: 'timed-out' });
    await settle(ports, 40 * minute);
    expect(await stateOf(ports)).toMatchObject({
      is: 'not-sent',
      why: { is: 'unread', failure: { kind: 'timed-out' } },
    });
    expect(ports.trail.at(-1)?.at).toBeGreaterThanOrEqual(expiresAt);
    expect(calledAt).toEqual([]);
    expect(ports.bastion.readings.length).toBeLessThan(50);
    expect(ports.channel.calls.update).toBeLessThanOrEqual(2);
  });

  it('is not read once more for a hint that comes early', async () => {
    const { ports, unreadable } = await world();
    unreadable({ kind: 'timed-out' });
    await settle(ports, 5 * minute);
    const readings = ports.bastion.readings.length;
    await advanceRequest({ ...ports, clock: () => ports.time.now - 30 * second }, id);
    expect(ports.bastion.readings).toHaveLength(readings);
  });
});

describe('cancelling what waits for Azure', () => {
  it('ends it, unsent, on record, and tells nobody what they know', async () => {
    const { ports, calledAt, unreadable } = await world();
    unreadable({ kind: 'timed-out' });
    await settle(ports, minute);
    expect(await cancel(ports, 'U0BOSS')).toMatchObject({ is: 'refused', because: 'not-the-requester' });
    expect(await cancel(ports)).toMatchObject({ is: 'decided' });
    unreadable(undefined);
    await settle(ports, 40 * minute);
    expect(await stateOf(ports)).toMatchObject({ is: 'cancelled', by: 'U0ASKER' });
    expect(calledAt).toEqual([]);
    expect(audited(ports).at(-1)).toBe('cancelled');
    expect(ports.channel.messages).toMatchObject([{ content: { request: { state: { is: 'cancelled' } } } }]);
  });

  it('is too late while a try is under way, and is said to be', async () => {
    const { ports, refuse } = await world();
    refuse(busy);
    const outcomes: unknown[] = [];
    const watched = aroundCalls(ports, async (name, call) => {
      const result = await call();
      const state = await stateOf(ports);
      if (name === 'requests.save' && state?.is === 'sending') outcomes.push(await cancel(ports));
      return result;
    });
    await advanceRequest(watched, id);
    const tooLate = { is: 'refused', because: 'already-decided' };
    expect(outcomes).toMatchObject([tooLate, tooLate, tooLate]);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
  });

  it('wins or loses against the next try, never both', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, calledAt, refuse } = await world();
        refuse(throttledUntil(noon + minute));
        await advanceRequest(ports, id);
        ports.time.now = noon + minute;
        const replica = interleaved(ports, scheduler);
        const enqueued = [advanceRequest(replica, id), advanceRequest(replica, id)];
        const cancelled = reviewDisconnect(replica, { id, verb: 'cancel', by: { id: 'U0ASKER' } });
        await scheduler.waitFor(Promise.all([...enqueued, cancelled]));
        await settle(ports, 2 * minute);
        const { is } = await cancelled;
        expect(await stateOf(ports)).toMatchObject({ is: is === 'decided' ? 'cancelled' : 'gone' });
        expect(calledAt).toHaveLength(is === 'decided' ? 1 : 2);
      }),
      runs(60),
    );
  });
});

describe('waiting that is cut off', () => {
  const cuts = Array.from({ length: 24 }, (_, call) => call).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)('$when call $call ends right when it goes on', async ({ call, when }) => {
    const { ports, calledAt, refuse } = await world();
    refuse(busy);
    await advanceRequest(dyingAt(ports, call, when), id).catch(diedOnly);
    await settle(ports, 5 * minute);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
    expect(calledAt).toHaveLength(2);
    expect(ports.channel.messages).toMatchObject([
      { content: { request: { state: { is: 'gone' } } } },
      { place: { user: 'U0ASKER' }, content: { request: { state: { is: 'gone' } } } },
    ]);
  });

  it('is taken up by whichever replica comes next', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, refusals) => {
        const { ports, calledAt, refuse } = await world();
        refuse(...times(refusals, busy));
        const replica = interleaved(ports, scheduler);
        await scheduler.waitFor(Promise.all([advanceRequest(replica, id), advanceRequest(replica, id)]));
        await settle(ports, 2 * minute);
        expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
        expect(calledAt).toHaveLength(refusals + 1);
      }),
      runs(40),
    );
  });
});
