import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { DisconnectAnswer } from '../../../src/ports/bastion.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { aHost, aSession, minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import { fay, likely } from '../../support/origins.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { audited, busy, expiresAt, id, second, start, stateOf, throttledUntil, world } from './waiting.ts';

const times = (count: number, failure: AzureFailure) => Array.from({ length: count }, () => failure);
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
