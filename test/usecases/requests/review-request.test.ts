import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { aHost, aHostState, aPolicy, aRequest, aSession, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { audited, click, id, world } from './reviewed.ts';

const approvalsCard = { kind: 'card', key: { card: 'request', id } };
const requesterCard = { kind: 'card', key: { card: 'outcome', id } };

describe('a click on a request card', () => {
  it('approves, on record, and sets the worker going', async () => {
    const ports = await world();
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'decided',
      request: { state: { is: 'approved', by: 'U0BOSS', decidedAt: noon } },
    });
    expect(await ports.requests.get(id)).toMatchObject({ version: 2, state: { is: 'approved' } });
    expect(audited(ports).at(-1)).toEqual(['disconnect-approved', 'U0BOSS', undefined]);
    expect(ports.jobs.enqueued).toEqual([approvalsCard, { kind: 'request', id }]);
  });

  it('denies, and tells the requester', async () => {
    const ports = await world();
    expect(await click(ports, 'deny', 'U0BOSS')).toMatchObject({ is: 'decided' });
    expect(ports.jobs.enqueued).toEqual([approvalsCard, requesterCard]);
  });

  it('cancels for the requester, without the right to approve', async () => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: [] } });
    const ports = await world({ policy });
    expect(await click(ports, 'cancel', 'U0ASKER')).toMatchObject({ is: 'decided' });
    expect(ports.jobs.enqueued).toEqual([approvalsCard]);
  });

  it.each([
    ['approve', 'U0BOSS'],
    ['deny', 'U0BOSS'],
    ['cancel', 'U0ASKER'],
  ] as const)('takes a second delivery of %s by %s for the first', async (verb, by) => {
    const ports = await world();
    const first = await click(ports, verb, by);
    expect(await click(ports, verb, by)).toMatchObject({ ...first, request: { version: 2 } });
    expect(audited(ports)).toHaveLength(2);
    expect(await click(ports, verb === 'deny' ? 'approve' : 'deny', 'U0BOSS')).toMatchObject({
      is: 'refused',
      because: 'already-decided',
    });
  });

  it.each(['approve', 'deny'] as const)('needs the right to %s, on record', async (verb) => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS'] } });
    const ports = await world({ policy });
    expect(await click(ports, verb, 'U0OTHER')).toMatchObject({ is: 'denied', denied: { who: ['U0BOSS'] } });
    expect(audited(ports).at(-1)).toEqual(['approve-refused', 'U0OTHER', 'not-named']);
    expect(await ports.requests.get(id)).toMatchObject({ state: { is: 'pending' } });
  });

  it('is refused while Slack cannot say who is in the group', async () => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['S0LEADS'] } });
    const ports = await world({ policy });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'denied',
      denied: { because: 'unsure' },
    });
    ports.people.groups.set('S0LEADS', new Set(['U0BOSS']));
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ is: 'decided' });
  });

  it.each([
    ['approve', 'U0ASKER', 'own-request'],
    ['deny', 'U0ASKER', 'own-request'],
    ['cancel', 'U0BOSS', 'not-the-requester'],
  ] as const)('refuses to %s for %s, on record', async (verb, by, because) => {
    const ports = await world();
    expect(await click(ports, verb, by)).toMatchObject({ is: 'refused', because });
    expect(audited(ports).at(-1)).toEqual([`${verb}-refused`, by, because]);
  });

  it('is refused, on record with the session, to whoever has no right', async () => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS'] } });
    const ports = await world({ policy });
    await click(ports, 'approve', 'U0OTHER');
    const { sessionId } = aRequest().session;
    expect(ports.trail.at(-1)).toMatchObject({ requestId: id, session: { sessionId } });
  });

  it('finds nothing under a name that nobody gave', async () => {
    const ports = memoryPorts();
    expect(await click(ports, 'approve', 'U0BOSS')).toEqual({ is: 'unknown-request' });
  });

  it('comes too late at the moment of expiry, and expires the request', async () => {
    const ports = await world();
    ports.time.now = aRequest().expiresAt;
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'refused',
      because: 'already-decided',
      request: { state: { is: 'expired' } },
    });
    expect(await ports.requests.get(id)).toMatchObject({ state: { is: 'expired' } });
    expect(ports.jobs.enqueued).toEqual([approvalsCard, requesterCard]);
  });
});

describe('fifty approvals at once', () => {
  it('have one winner, and forty-nine who are told who it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        const replica = interleaved(ports, scheduler);
        const clicks = Array.from({ length: 50 }, async (_, index) => click(replica, 'approve', `U${index}`));
        const outcomes = await scheduler.waitFor(Promise.all(clicks));
        const winners = outcomes.flatMap((outcome) =>
          outcome.is === 'decided' ? [outcome.request.state] : [],
        );
        expect(winners).toHaveLength(1);
        const losers = outcomes.filter(({ is }) => is !== 'decided');
        expect(losers).toHaveLength(49);
        for (const loser of losers) {
          expect(loser).toMatchObject({
            is: 'refused',
            because: 'already-decided',
            request: { state: winners[0] },
          });
        }
        expect(ports.trail.filter(({ what }) => what === 'disconnect-approved')).toHaveLength(1);
        expect(ports.trail.filter(({ what }) => what === 'approve-refused')).toHaveLength(49);
      }),
      runs(10),
    );
  });
});

describe('approval, denial, cancelling and expiry at once', () => {
  it('come to one outcome, and whoever is late hears that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: -3, max: 3 }), async (scheduler, offset) => {
        const ports = await world();
        await remember(ports, aHostState());
        ports.time.now = aRequest().expiresAt + offset;
        ports.bastion.answer(aHost().id, { ok: true, sessions: [aSession()] });
        const replica = interleaved(ports, scheduler);
        const ticking = { ...replica, clock: () => (ports.time.now += 1) };
        const clicks = Promise.all([
          click(ticking, 'approve', 'U0BOSS'),
          click(ticking, 'deny', 'U0LEAD'),
          click(ticking, 'cancel', 'U0ASKER'),
        ]);
        const advancing = advanceRequest(ticking, id);
        const [outcomes] = await scheduler.waitFor(Promise.all([clicks, advancing]));
        await settle(ports, 10_000);
        const made = [
          'disconnect-approved',
          'disconnect-denied',
          'disconnect-cancelled',
          'disconnect-expired',
        ];
        expect(ports.trail.filter(({ what }) => made.includes(what))).toHaveLength(1);
        const decided = outcomes.filter(({ is }) => is === 'decided');
        expect(decided.length).toBeLessThanOrEqual(1);
        expect(outcomes.filter(({ is }) => is === 'refused')).toHaveLength(3 - decided.length);
      }),
      runs(60),
    );
  });
});

describe('a click that is cut off', () => {
  const calls = Array.from({ length: 4 }, (_, call) => call);
  const cuts = calls.flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)('$when call $call can be made again, or was made', async ({ call, when }) => {
    const ports = await world();
    await click(dyingAt(ports, call, when), 'deny', 'U0BOSS').catch(diedOnly);
    await click(ports, 'deny', 'U0BOSS');
    await settle(ports, 60_000);
    expect(await ports.requests.get(id)).toMatchObject({ state: { is: 'denied', by: 'U0BOSS' } });
    expect(ports.trail.filter(({ what }) => what === 'disconnect-denied')).toHaveLength(1);
    expect(ports.channel.messages).toMatchObject([
      { place: { channel: 'C0APPROVE' }, content: { request: { state: { is: 'denied' } } } },
      { place: { user: 'U0ASKER' }, content: { card: 'outcome' } },
    ]);
  });

  function diedOnly(error: unknown): undefined {
    if (!(error instanceof Died)) throw error;
  }
});
