import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { keyOf } from '../../../src/domain/cards/content.ts';
import { findDeleted } from '../../../src/usecases/cards/find-deleted.ts';
import { tellOutages } from '../../../src/usecases/hosts/tell-outages.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import { runs } from '../../support/runs.ts';
import { answer, deliverDue, fail, hosts, minutes, names, refused, shown, world } from './outaged.ts';

describe('an outage of all hosts', () => {
  it('is one card, which names the cause, is edited, and closed once', async () => {
    const ports = await world();
    fail(ports, refused);
    await minutes(ports, 5);
    expect(shown(ports)).toMatchObject([
      { card: 'outage', outage: { failure: refused, hosts: names.map((name) => ({ name })) } },
    ]);
    answer(ports, hosts.slice(0, 1));
    await minutes(ports, 1);
    expect(shown(ports)).toMatchObject([
      { outage: { state: { is: 'open' }, hosts: [{ left: {} }, {}, {}, {}] } },
    ]);
    answer(ports);
    await minutes(ports, 3);
    expect(shown(ports)).toMatchObject([{ card: 'outage', outage: { state: { is: 'over' } } }]);
    expect(await ports.outages.lasting()).toEqual([]);
    expect(await ports.due.by(ports.time.now, 9)).toEqual([]);
  });

  it('takes the card over that one host has already, and nobody hears of it twice', async () => {
    const ports = await world();
    fail(ports, refused, hosts.slice(0, 1));
    await minutes(ports, 1);
    fail(ports, refused);
    // Its own card is posted before the others have been silent for long enough.
    await minutes(ports, 2);
    const own = shown(ports);
    await minutes(ports, 3);
    expect(own).toMatchObject([{ card: 'silence', silence: { hostName: 'bastion-a' } }]);
    expect(shown(ports)).toMatchObject([{ card: 'outage', outage: { hosts: [{}, {}, {}, {}] } }]);
  });

  it('writes over an edit of the card it took over that arrives late', async () => {
    const ports = await world();
    fail(ports, refused, hosts.slice(0, 1));
    await minutes(ports, 1);
    fail(ports, refused);
    await minutes(ports, 2);
    const [own] = ports.channel.messages;
    if (own?.content.card !== 'silence') throw new Error('there is no card');
    const card = await ports.cards.get(keyOf(own.content));
    const isTaken = async () => (await ports.outages.lasting()).length > 0;
    await minutes(ports, 2, async () => {
      if (await isTaken()) return;
      await ports.cards.save({ ...(await ports.cards.get(card.key)), editing: [ports.time.now] }, Infinity);
      await tellOutages(ports);
      await deliverDue(ports);
      if (await isTaken()) await ports.channel.update(own.ref, own.content);
    });
    await minutes(ports, 1);
    expect(shown(ports)).toMatchObject([{ card: 'outage' }]);
  });

  it('is told to nobody where it is over before its card could be posted', async () => {
    const ports = await world();
    const refuses = { ok: false, why: 'refused', code: 'is_archived' } as const;
    const mute = { ...ports, channel: { ...ports.channel, post: async () => Promise.resolve(refuses) } };
    fail(ports, refused);
    await minutes(mute, 5);
    expect(await ports.outages.lasting()).toHaveLength(1);
    answer(ports);
    await minutes(ports, 12);
    expect(await ports.outages.lasting()).toEqual([]);
    expect(shown(ports)).toEqual([]);
  });

  it('comes back where somebody has deleted its card', async () => {
    const ports = await world();
    fail(ports, refused);
    await minutes(ports, 5);
    const [card] = ports.channel.messages;
    if (card) await ports.channel.delete(card.ref);
    await findDeleted(ports);
    await minutes(ports, 1);
    expect(shown(ports)).toMatchObject([{ card: 'outage' }]);
  });

  it('is one card with two replicas that look at once, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        fail(ports, refused);
        await minutes(ports, 4, async () => {
          const replica = interleaved(ports, scheduler);
          await scheduler.waitFor(Promise.all([tellOutages(replica), tellOutages(replica)]));
        });
        expect(shown(ports)).toMatchObject([{ card: 'outage' }]);
      }),
      runs(40),
    );
  });

  it.each(Array.from({ length: 12 }, (_, call) => call))(
    'is told though the one who looks dies at call %d',
    async (call) => {
      const ports = await world();
      fail(ports, refused);
      let isDead = false;
      await minutes(ports, 4, async (bare) => {
        if (isDead || (await ports.outages.lasting()).length > 0) return tellOutages(bare);
        const dying = dyingAt(ports, call, 'before');
        await tellOutages(dying).catch((error: unknown) => {
          if (!(error instanceof Died)) throw error;
          isDead = true;
        });
      });
      expect(shown(ports)).toMatchObject([{ card: 'outage' }]);
    },
  );
});
