import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { DisconnectPolicy } from '../../../src/domain/policy/policy.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { sumRefusals } from '../../../src/usecases/audit/sum-refusals.ts';
import { askDisconnect, checkAsk } from '../../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { aHostState, aPolicy, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const asker = { id: 'U0ASKER' };
const ask = async (ports: Ports, ref = 'ref-1', by = asker) =>
  askDisconnect(ports, { ref, by, reason: 'left open' });
const withApproval = (approval: DisconnectPolicy['approval']) =>
  aPolicy({ disconnect: { ...aPolicy().disconnect, approval } });
const nobody = aPolicy({ access: { view: [], disconnect: [], approve: [] } });

async function world(overrides: Partial<MemoryPorts> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  const withoutId = aTrackedSession({ ref: 'ref-without-id', session: aSession({ sessionId: '' }) });
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession(), withoutId] }));
  return ports;
}

describe('asking for a disconnect', () => {
  it('opens a request bound to the session, on record, with its card', async () => {
    const ports = await world();
    const outcome = await ask(ports);
    const request = {
      id: 'id-1',
      version: 0,
      ref: 'ref-1',
      session: aSession(),
      hostName: 'bastion-prod',
      requester: 'U0ASKER',
      reason: 'left open',
      askedAt: noon,
      expiresAt: noon + 30 * minute,
      askedVia: 'everyone',
      state: { is: 'pending' },
    };
    expect(outcome).toEqual({ is: 'asked', request });
    expect(await ports.requests.get('id-1')).toEqual({ ...request, version: 1 });
    expect(ports.trail).toMatchObject([{ what: 'disconnect-requested', by: 'U0ASKER', why: 'left open' }]);
    expect(ports.jobs.enqueued).toEqual([{ kind: 'card', key: { card: 'request', id: 'id-1' } }]);
  });

  it('orders the disconnect at once where the policy asks for no approval', async () => {
    const ports = await world({ policy: withApproval('none') });
    expect(await ask(ports)).toMatchObject({ request: { state: { is: 'approved', decidedAt: noon } } });
    expect(ports.trail).toMatchObject([{ what: 'disconnect-ordered', by: 'U0ASKER' }]);
    expect(ports.jobs.enqueued).toContainEqual({ kind: 'request', id: 'id-1' });
  });

  it('notes whose session it is', async () => {
    const people = [{ vmLogin: 'azure*', slack: 'U0OWNER' }];
    const ports = await world({ policy: aPolicy({ people }) });
    expect(await ask(ports)).toMatchObject({ request: { owner: 'U0OWNER' } });
  });

  it.each([
    ['is no longer tracked', aPolicy(), 'ref-2', { is: 'not-tracked' }],
    ['has no id of its own', aPolicy(), 'ref-without-id', { is: 'cannot-be-ended' }],
    ['cannot be ended from here', withApproval('off'), 'ref-1', { is: 'switched-off' }],
  ])('opens nothing for a session that %s', async (_what, policy, ref, expected) => {
    const ports = await world({ policy });
    expect(await ask(ports, ref)).toEqual(expected);
    expect(await checkAsk(ports, { ref, by: asker })).toEqual(expected);
    expect(await ports.requests.get('id-1')).toBeUndefined();
  });

  it('needs the right, and puts a refusal on record with the session', async () => {
    const ports = await world({ policy: nobody });
    expect(await ask(ports)).toMatchObject({ is: 'denied', denied: { right: 'disconnect' } });
    expect(ports.trail).toMatchObject([{ what: 'disconnect-refused', session: { sessionId: 'session-1' } }]);
  });

  it('says nothing of a session to whoever has no right', async () => {
    const ports = await world({ policy: nobody });
    for (const ref of ['ref-1', 'ref-without-id', 'never-tracked']) {
      expect(await ask(ports, ref)).toMatchObject({ is: 'denied' });
    }
  });

  it('shows a second asker the request that is open', async () => {
    const ports = await world();
    await ask(ports);
    expect(await ask(ports, 'ref-1', { id: 'U0OTHER' })).toMatchObject({
      is: 'already-asked',
      existing: { id: 'id-1', requester: 'U0ASKER' },
    });
    expect(ports.trail).toHaveLength(1);
  });

  it('opens no more than twenty of one person that nobody has decided, and puts that on record', async () => {
    const ports = memoryPorts();
    const trackedSessions = Array.from({ length: 21 }, (_, index) =>
      aTrackedSession({
        ref: `ref-${index}`,
        session: aSession({ sessionId: `session-${index}`, vmLogin: `login-${index}` }),
      }),
    );
    await remember(ports, aHostState({ trackedSessions }));
    for (let index = 0; index < 20; index += 1) await ask(ports, `ref-${index}`);
    expect(await ask(ports, 'ref-20')).toEqual({ is: 'too-many-open', open: 20 });
    expect(await askSeveral(ports, { refs: ['ref-20'], by: asker, reason: 'left open' })).toEqual({
      is: 'too-many-open',
      open: 20,
    });
    const entry = {
      by: 'U0ASKER',
      what: 'disconnect-refused',
      why: 'too-many-open',
      session: { sessionId: 'session-20' },
    };
    await sumRefusals({ ...ports, clock: () => noon + minute });
    expect(ports.trail.slice(20)).toMatchObject([entry, { ...entry, count: 1 }]);
    expect(await ask(ports, 'ref-20', { id: 'U0OTHER' })).toMatchObject({ is: 'asked' });
  });

  it('takes a second delivery of the form for the first', async () => {
    const ports = await world();
    const first = await ask(ports);
    if (first.is !== 'asked') throw new Error('not asked');
    expect(await ask(ports)).toMatchObject({ is: 'asked', request: { id: first.request.id } });
    ports.time.now += 60_000;
    expect(await ask(ports)).toMatchObject({ is: 'already-asked', existing: { id: first.request.id } });
  });

  it('opens one request for a session, however many ask at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        const replica = interleaved(ports, scheduler);
        const asks = Array.from({ length: 5 }, async (_, index) =>
          ask(replica, 'ref-1', { id: `U${index}` }),
        );
        const outcomes = await scheduler.waitFor(Promise.all(asks));
        expect(outcomes.filter(({ is }) => is === 'asked')).toHaveLength(1);
        expect(outcomes.filter(({ is }) => is === 'already-asked')).toHaveLength(4);
      }),
      runs(30),
    );
  });

  it.each(
    [0, 1, 2, 3].flatMap((call) => [
      { call, when: 'before' as const },
      { call, when: 'after' as const },
    ]),
  )(
    'leaves one request and one card when it is cut off $when call $call and made again',
    async ({ call, when }) => {
      const ports = await world();
      await ask(dyingAt(ports, call, when)).catch((error: unknown) => {
        if (!(error instanceof Died)) throw error;
      });
      expect(['asked', 'already-asked']).toContain((await ask(ports)).is);
      await settle(ports, 10_000);
      expect(ports.trail.map(({ what }) => what)).toEqual(['disconnect-requested']);
      expect(ports.channel.messages).toMatchObject([{ place: { channel: 'C0APPROVE' } }]);
    },
  );
});
