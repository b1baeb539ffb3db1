import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { BastionHost } from '../../../src/domain/hosts/host.ts';
import type { ReviewVerb } from '../../../src/domain/requests/second.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { reviewBatch } from '../../../src/usecases/requests/review-batch.ts';
import { aHost, aPolicy, minute } from '../../support/build.ts';
import { dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { ask, audited, diedOnly, names, sessionNamed, states, world } from './batched.ts';

const click = async (ports: Ports, verb: ReviewVerb, by: string, id = 'id-1') =>
  reviewBatch(ports, { id, verb, by: { id: by } });
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

  it('is not known of a batch of whose requests nothing is kept any more', async () => {
    const ports = await world();
    await ask(ports);
    const emptied = { ...ports, requests: { ...ports.requests, many: async () => [] } };
    expect(await click(emptied, 'approve', 'U0BOSS')).toEqual({ is: 'unknown-batch' });
    expect(audited(ports, 'approve-refused')).toEqual([]);
  });

  it('expires like any request, with one message', async () => {
    const ports = await world();
    await ask(ports);
    ports.time.now += 30 * minute;
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'already-decided' });
    expect(await states(ports)).toEqual(['expired', 'expired', 'expired']);
    await settle(ports, 10_000);
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
