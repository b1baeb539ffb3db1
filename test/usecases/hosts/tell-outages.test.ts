import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { keyOf } from '../../../src/domain/cards/content.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { findDeleted } from '../../../src/usecases/cards/find-deleted.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { tellOutages } from '../../../src/usecases/hosts/tell-outages.ts';
import { aHost, aHostState, aPolicy, minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';

const names = ['bastion-a', 'bastion-b', 'bastion-c', 'bastion-d'];
const hosts = names.map((name) => aHost({ name }));
const [first] = hosts;
const refused: AzureFailure = { kind: 'signed-out', because: 'refused' };

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts({ policy: aPolicy() });
  for (const host of hosts) await remember(ports, aHostState({ host, trackedSessions: [] }), []);
  answer(ports);
  ports.time.now = noon + minute;
  return ports;
}

function fail(ports: MemoryPorts, failure: AzureFailure, which = hosts): void {
  for (const { id } of which) ports.bastion.answer(id, { ok: false, failure });
}

function answer(ports: MemoryPorts, which = hosts): void {
  for (const { id } of which) ports.bastion.answer(id, { ok: true, sessions: [] });
}

/** Polls each host once, then lets a minute pass, with the round of outages and the sweep every two seconds. */
async function minutes(
  ports: MemoryPorts,
  count: number,
  round: (ports: Ports) => Promise<void> = tellOutages,
) {
  for (let passed = 0; passed < count; passed += 1) {
    for (const { id } of hosts) {
      await pollHost(ports, id, { freshSince: ports.time.now, haste: 'background' });
    }
    for (let seconds = 0; seconds < 60; seconds += 2) {
      await round(ports);
      await deliverDue(ports);
      ports.time.now += 2000;
    }
  }
}

async function deliverDue(ports: MemoryPorts): Promise<void> {
  for (const item of await ports.due.by(ports.time.now, 100)) {
    if (item.kind === 'card') await deliverCard(ports, item.key);
  }
}

const shown = ({ channel }: MemoryPorts) => channel.messages.map(({ content }) => content);

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

describe('one silent host', () => {
  it('keeps its own card, which waits fifteen seconds for company', async () => {
    const ports = await world();
    fail(ports, { kind: 'timed-out' }, hosts.slice(0, 1));
    await minutes(ports, 2);
    await pollHost(ports, first?.id ?? '', { freshSince: ports.time.now, haste: 'background' });
    const decidedAt = ports.time.now;
    while (shown(ports).length === 0 && ports.time.now < noon + 60 * minute) {
      await tellOutages(ports);
      await deliverDue(ports);
      ports.time.now += 1000;
    }
    expect(shown(ports)).toMatchObject([{ card: 'silence', silence: { hostName: 'bastion-a' } }]);
    expect(ports.time.now - decidedAt).toBeGreaterThanOrEqual(15_000);
    expect(ports.time.now - decidedAt).toBeLessThan(20_000);
    expect(await ports.outages.lasting()).toEqual([]);
  });

  it('has it again once its outage has left it behind with another cause', async () => {
    const ports = await world();
    fail(ports, refused);
    await minutes(ports, 5);
    answer(ports, hosts.slice(1));
    fail(ports, { kind: 'locked' }, hosts.slice(0, 1));
    await minutes(ports, 5);
    expect(shown(ports)).toMatchObject([{ card: 'outage' }]);
    answer(ports);
    await minutes(ports, 3);
    expect(shown(ports).map(({ card }) => card)).toEqual(['outage']);
  });
});
