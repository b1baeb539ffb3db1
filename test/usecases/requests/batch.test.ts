import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { BastionHost } from '../../../src/domain/hosts/host.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { ReviewVerb } from '../../../src/domain/requests/review.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { reviewBatch } from '../../../src/usecases/requests/review-batch.ts';
import { aHost, aHostState, aPolicy, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const asker = { id: 'U0ASKER' };
const names = ['a', 'b', 'c'];
const sessionNamed = (name: string) => aSession({ sessionId: name, vmLogin: `login-${name}` });

async function world(overrides: Partial<MemoryPorts> = {}, count = 3): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  const all = Array.from({ length: count }, (_, index) => names[index] ?? `more-${index}`);
  const trackedSessions = all.map((name) => aTrackedSession({ ref: name, session: sessionNamed(name) }));
  await remember(
    ports,
    aHostState({
      trackedSessions: [
        ...trackedSessions,
        aTrackedSession({ ref: 'without-id', session: aSession({ sessionId: '' }) }),
      ],
    }),
  );
  return ports;
}

const ask = async (ports: Ports, refs: readonly string[] = names, by = asker) =>
  askSeveral(ports, { refs, by, reason: 'maintenance' });
const click = async (ports: Ports, verb: ReviewVerb, by: string, id = 'id-1') =>
  reviewBatch(ports, { id, verb, by: { id: by } });
const states = async ({ batches, requests }: Ports, id = 'id-1') => {
  const batch = await batches.get(id);
  return (await requests.many(batch?.requestIds ?? [])).map(({ state }: DisconnectRequest) => state.is);
};
const audited = ({ trail }: MemoryPorts, what: string) => trail.filter((entry) => entry.what === what);
const endsAtAzure = (ports: MemoryPorts) => {
  const gone = new Set<string>();
  ports.bastion.answer(aHost().id, () => ({
    ok: true,
    sessions: names.filter((name) => !gone.has(name)).map(sessionNamed),
  }));
  const bastion = {
    ...ports.bastion,
    disconnect: async (host: BastionHost, ids: readonly string[]) => {
      for (const id of ids) gone.add(id);
      return ports.bastion.disconnect(host, ids);
    },
  };
  return { ...ports, bastion };
};
const diedOnly = (error: unknown): undefined => {
  if (!(error instanceof Died)) throw error;
};

describe('asking for several at once', () => {
  it('opens one batch with a request for each, on record, with one card', async () => {
    const ports = await world();
    const outcome = await ask(ports);
    expect(outcome).toMatchObject({ is: 'asked', leftOut: { alreadyAsked: [], cannotBeEnded: [], over: 0 } });
    expect(await ports.batches.get('id-1')).toEqual({
      id: 'id-1',
      requester: 'U0ASKER',
      reason: 'maintenance',
      askedAt: noon,
      expiresAt: noon + 30 * minute,
      requestIds: ['id-2', 'id-3', 'id-4'],
    });
    expect(await ports.requests.get('id-3')).toMatchObject({
      ref: 'b',
      batchId: 'id-1',
      state: { is: 'pending' },
    });
    expect(ports.trail).toMatchObject(names.map(() => ({ what: 'disconnect-requested', batchId: 'id-1' })));
    await settle(ports, 10_000);
    expect(ports.channel.messages).toMatchObject([
      { place: { channel: 'C0APPROVE' }, content: { card: 'batch' } },
    ]);
  });

  it('orders all of them at once where the policy asks for no approval', async () => {
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, approval: 'none' } });
    const ports = await world({ policy });
    await ask(ports);
    expect(await states(ports)).toEqual(['approved', 'approved', 'approved']);
    expect(ports.jobs.enqueued).toContainEqual({ kind: 'request', id: 'id-3' });
  });

  it('leaves out what has an open request, no id, or is over, and says so', async () => {
    const ports = await world();
    await askDisconnect(ports, { ref: 'b', by: { id: 'U0OTHER' }, reason: 'mine' });
    const outcome = await ask(ports, [...names, 'without-id', 'gone', 'gone']);
    expect(outcome).toMatchObject({
      is: 'asked',
      members: [{ ref: 'a' }, { ref: 'c' }],
      leftOut: { alreadyAsked: [{ requester: 'U0OTHER' }], cannotBeEnded: [{ sessionId: '' }], over: 1 },
    });
  });

  it.each([
    ['none is left', ['without-id', 'gone'], 'none-left'],
    ['none is picked', [], 'none-picked'],
    ['too many are picked', Array.from({ length: 21 }, (_, index) => `more-${index}`), 'too-many'],
  ])('opens nothing where %s', async (_when, refs, is) => {
    const ports = await world({}, 25);
    expect(await ask(ports, refs)).toMatchObject({ is });
    expect(ports.trail).toEqual([]);
    expect(ports.jobs.enqueued).toEqual([]);
  });

  it('needs the right, on record, and a policy that lets sessions be ended', async () => {
    const nobody = await world({ policy: aPolicy({ access: { view: [], disconnect: [], approve: [] } }) });
    expect(await ask(nobody)).toMatchObject({ is: 'denied', denied: { right: 'disconnect' } });
    expect(audited(nobody, 'disconnect-refused')).toMatchObject([
      { by: 'U0ASKER', session: { sessionId: 'a' }, sessions: 3 },
    ]);
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, approval: 'off' } });
    expect(await ask(await world({ policy }))).toEqual({ is: 'switched-off' });
  });

  it.each([
    ['one', ['gone', 'b'], { session: expect.objectContaining({ sessionId: 'b' }) }],
    ['several', ['a', 'c'], { session: expect.objectContaining({ sessionId: 'a' }), sessions: 2 }],
    ['none that is open', ['gone'], {}],
  ])('records a refusal with what was picked: %s', async (_what, refs, about) => {
    const access = { ...aPolicy().access, disconnect: ['U0OTHER'] };
    const ports = await world({ policy: aPolicy({ access }) });
    expect(await ask(ports, refs)).toMatchObject({ is: 'denied' });
    const refused = { at: noon, by: 'U0ASKER', what: 'disconnect-refused', why: 'not-named' };
    expect(ports.trail).toEqual([{ ...refused, ...about }]);
  });

  it('takes a second delivery of the same form for the first', async () => {
    const ports = await world();
    await ask(ports);
    expect(await ask(ports)).toMatchObject({
      is: 'asked',
      members: [{ id: 'id-2' }, {}, {}],
      leftOut: { alreadyAsked: [] },
    });
    expect(await ask(ports, names, { id: 'U0OTHER' })).toMatchObject({
      is: 'none-left',
      leftOut: { alreadyAsked: [{}, {}, {}] },
    });
    expect(ports.trail).toHaveLength(3);
  });

  it('asks for a session once, however many ask at once for some of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        const replica = interleaved(ports, scheduler);
        const asks = [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
        ].map(async (refs, index) => ask(replica, refs, { id: `U${index}` }));
        await scheduler.waitFor(Promise.all(asks));
        expect(audited(ports, 'disconnect-requested')).toHaveLength(3);
      }),
      runs(30),
    );
  });

  it.each(
    Array.from({ length: 9 }, (_, call) => call).flatMap((call) => [
      { call, when: 'before' as const },
      { call, when: 'after' as const },
    ]),
  )(
    'leaves one batch and one card when it is cut off $when call $call and made again',
    async ({ call, when }) => {
      const ports = await world();
      await ask(dyingAt(ports, call, when)).catch(diedOnly);
      expect(await ask(ports)).toMatchObject({ is: 'asked', members: [{}, {}, {}] });
      await settle(ports, 10_000);
      expect(audited(ports, 'disconnect-requested')).toHaveLength(3);
      expect(ports.channel.messages).toMatchObject([{ content: { card: 'batch', members: [{}, {}, {}] } }]);
    },
  );
});

describe('a click on the card of a batch', () => {
  it('approves all, ends and proves each, and tells the requester once', async () => {
    const ports = endsAtAzure(await world());
    await ask(ports);
    expect(await click(ports, 'approve', 'U0BOSS')).toEqual({ is: 'decided' });
    expect(await states(ports)).toEqual(['approved', 'approved', 'approved']);
    await settle(ports);
    expect(await states(ports)).toEqual(['gone', 'gone', 'gone']);
    expect(ports.bastion.disconnects.map(({ sessionId }) => sessionId).sort()).toEqual(names);
    expect(ports.channel.messages).toMatchObject([
      {
        place: { channel: 'C0APPROVE' },
        content: { card: 'batch', members: [{ state: { is: 'gone' } }, {}, {}] },
      },
      { place: { user: 'U0ASKER' }, content: { card: 'batch-outcome' } },
    ]);
  });

  it('counts each session against the hourly limit', async () => {
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, maxPerHour: 2 } });
    const ports = endsAtAzure(await world({ policy }));
    await ask(ports);
    await click(ports, 'approve', 'U0BOSS');
    await settle(ports);
    expect((await states(ports)).sort()).toEqual(['gone', 'gone', 'not-sent']);
  });

  it.each([
    ['approve', 'U0ASKER', 'own-request'],
    ['deny', 'U0ASKER', 'own-request'],
    ['cancel', 'U0BOSS', 'not-the-requester'],
  ] as const)('is refused to %s for %s, on record, and decides nothing', async (verb, by, because) => {
    const ports = await world();
    await ask(ports);
    expect(await click(ports, verb, by)).toMatchObject({ is: 'refused', because });
    expect(ports.trail.at(-1)).toMatchObject({ what: `${verb}-refused`, by, why: because, batchId: 'id-1' });
    expect(await states(ports)).toEqual(['pending', 'pending', 'pending']);
  });

  it('is refused to approve for the owner of one session, also one whom Slack could not name before', async () => {
    const ports = await world({
      policy: aPolicy({ people: [{ vmLogin: 'login-b', email: 'b@example.com' }] }),
    });
    await ask(ports);
    ports.people.emails.set('b@example.com', 'U0OWNER');
    expect(await click(ports, 'approve', 'U0OWNER')).toMatchObject({ is: 'refused', because: 'own-session' });
    expect(await states(ports)).toEqual(['pending', 'pending', 'pending']);
    expect(await click(ports, 'approve', 'U0BOSS')).toEqual({ is: 'decided' });
  });

  it('is refused to approve while Slack cannot say whose one of the sessions is', async () => {
    const ports = await world({
      policy: aPolicy({ people: [{ vmLogin: 'login-b', email: 'b@example.com' }] }),
    });
    await ask(ports);
    const silent = { ...ports, people: { ...ports.people, byEmail: async () => ({ ok: false as const }) } };
    expect(await click(silent, 'approve', 'U0OWNER')).toMatchObject({ because: 'owner-unknown' });
    expect(await states(ports)).toEqual(['pending', 'pending', 'pending']);
  });

  it('needs the right to approve', async () => {
    const ports = await world({ policy: aPolicy({ access: { ...aPolicy().access, approve: ['U0BOSS'] } }) });
    await ask(ports);
    expect(await click(ports, 'deny', 'U0OTHER')).toMatchObject({
      is: 'denied',
      denied: { right: 'approve' },
    });
    expect(await click(ports, 'cancel', 'U0ASKER')).toEqual({ is: 'decided' });
  });

  it('tells nobody who cancelled all of it what they know', async () => {
    const ports = await world();
    await ask(ports);
    await click(ports, 'cancel', 'U0ASKER');
    await settle(ports, 10_000);
    expect(ports.channel.messages).toMatchObject([{ place: { channel: 'C0APPROVE' } }]);
  });

  it('comes too late once all is decided, and is not known of a batch that nobody opened', async () => {
    const ports = await world();
    await ask(ports);
    await click(ports, 'deny', 'U0BOSS');
    expect(await click(ports, 'deny', 'U0BOSS')).toEqual({ is: 'decided' });
    expect(await click(ports, 'approve', 'U0LEAD')).toMatchObject({
      is: 'refused',
      because: 'already-decided',
    });
    expect(await click(ports, 'approve', 'U0LEAD', 'id-9')).toEqual({ is: 'unknown-batch' });
  });

  it('expires like any request, with one message', async () => {
    const ports = await world();
    await ask(ports);
    ports.time.now += 30 * minute;
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'already-decided' });
    await settle(ports, 10_000);
    expect(await states(ports)).toEqual(['expired', 'expired', 'expired']);
    expect(ports.channel.messages.map(({ content }) => content.card)).toEqual(['batch', 'batch-outcome']);
  });

  it('has one winner for each session among many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        await ask(ports);
        const replica = interleaved(ports, scheduler);
        const clicks = [
          click(replica, 'approve', 'U0BOSS'),
          click(replica, 'deny', 'U0LEAD'),
          click(replica, 'cancel', 'U0ASKER'),
        ];
        const outcomes = await scheduler.waitFor(Promise.all(clicks));
        const decisions = ports.trail.filter(({ what }) => /approved|denied|cancelled/.test(what));
        expect(decisions).toHaveLength(3);
        const winners = new Set(decisions.map(({ by }) => by));
        expect(outcomes.filter(({ is }) => is === 'decided')).toHaveLength(winners.size);
      }),
      runs(60),
    );
  });

  it.each(
    Array.from({ length: 9 }, (_, call) => call).flatMap((call) => [
      { call, when: 'before' as const },
      { call, when: 'after' as const },
    ]),
  )('decides the rest when it is cut off $when call $call and made again', async ({ call, when }) => {
    const ports = await world();
    await ask(ports);
    await click(dyingAt(ports, call, when), 'deny', 'U0BOSS').catch(diedOnly);
    expect(await click(ports, 'deny', 'U0BOSS')).toEqual({ is: 'decided' });
    expect(audited(ports, 'disconnect-denied')).toHaveLength(3);
    await settle(ports, 60_000);
    expect(ports.channel.messages).toMatchObject([
      { content: { card: 'batch', members: names.map(() => ({ state: { is: 'denied' } })) } },
      { place: { user: 'U0ASKER' }, content: { card: 'batch-outcome' } },
    ]);
  });
});
