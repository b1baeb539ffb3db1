import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { aRequest, minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { approved, audited, hostId, id, second, stateOf, world } from './advanced.ts';

const sends = (ports: MemoryPorts) => audited(ports).filter((what) => what.startsWith('disconnect-sent'));

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
