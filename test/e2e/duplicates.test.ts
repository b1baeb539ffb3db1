import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, untilLoaded, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe.each([
  { mode: 'http', replicas: 1, copies: { copies: 3, retryNum: 1 } },
  { mode: 'socket', replicas: 1, copies: { copies: 3 } },
  { mode: 'socket', replicas: 1, copies: { copies: 3, apart: true } },
  { mode: 'socket', replicas: 2, copies: { copies: 6, apart: true } },
] as const)(
  'deliveries in $copies.copies copies over $mode to $replicas replicas',
  ({ mode, replicas, copies }) => {
    let world: TestWorld;
    let host: SimulatedHost;
    let alice: Person;
    let bob: Person;
    const bots: Bot[] = [];

    beforeAll(async () => {
      world = await startWorld({ mode });
      host = world.azure.addHost({ name: 'bastion-prod' });
      host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
      for (let started = 0; started < replicas; started += 1)
        bots.push(await untilLoaded(await world.startBot()));
      alice = world.slack.as('U0ALICE');
      bob = world.slack.as('U0BOB');
      world.slack.deliveryFault(copies);
    });

    afterAll(async () => world.stop());

    it('of a command give one answer', async () => {
      const { answers } = await alice.command('/bastion sessions');
      expect(answers).toHaveLength(copies.copies);
      for (const answer of answers) expect(answer).toMatchObject({ status: 200 });
      await alice.nextEphemeral();
    });

    it('of a press open one form, which they send once', async () => {
      const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
      await alice.press(alert, 'Request disconnect');
      const form = await world.slack.changes.until(() => alice.modal, 'the form');
      expect(alice.modals).toHaveLength(1);
      const { answers } = await alice.submit(form, { reason: 'maintenance tonight' });
      for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: '' });
      expect(alice.modals).toEqual([]);
      await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);
    });

    it('of an approval decide once, and tell the approver of no other', async () => {
      const card = await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);
      const { answers } = await bob.press(card, 'Approve & disconnect');
      for (const answer of answers) expect(answer).toMatchObject({ status: 200 });
      await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
      expect(world.slack.channel('C0APPROVE').messages).toHaveLength(1);
    });

    it('of all that leave no word behind', async () => {
      // After the stop nothing is on its way any more: what did not come, will not.
      for (const bot of bots) expect(await bot.stop()).toBe(0);
      expect(alice.ephemerals).toHaveLength(1);
      expect([...bob.ephemerals, ...alice.notices, ...bob.notices]).toEqual([]);
      expect(host.disconnects).toEqual(['long']);
    });
  },
);
