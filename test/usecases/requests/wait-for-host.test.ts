import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { minute, noon } from '../../support/build.ts';
import { aroundCalls, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { audited, busy, expiresAt, id, second, start, stateOf, throttledUntil, world } from './waiting.ts';

const cancel = async (ports: MemoryPorts, by = 'U0ASKER') =>
  reviewDisconnect(ports, { id, verb: 'cancel', by: { id: by } });

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
