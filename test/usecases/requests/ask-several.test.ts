import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { aPolicy, minute, noon } from '../../support/build.ts';
import { dyingAt, interleaved } from '../../support/calls.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { ask, audited, diedOnly, names, states, world } from './batched.ts';

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
