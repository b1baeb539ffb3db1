import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import { eventuallyTyped } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('forty sessions of one tunnel', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    const startedAt = Date.now() - 2 * hourMs;
    for (let index = 0; index < 40; index += 1) {
      host.startSession({ id: `leftover-${index}`, vm: 'vm-db-1', login: 'dba', protocol: 'ssh', startedAt });
    }
    host.startSession({ id: 'other', vm: 'vm-db-1', login: 'deploy', protocol: 'ssh', startedAt });
    await world.startBot({
      ...quickPolicy,
      rules: [{ name: 'databases', match: { user: 'dba' }, warnAfter: '1h' }],
      disconnect: { maxPerHour: 1 },
    });
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });

  afterAll(async () => world.stop());

  it('are one alert and one row', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    expect(textOf(alert, alice)).toMatch(/40 sessions of one tunnel, some may be left over/);
    expect(world.slack.channel('C0ALERTS').messages).toHaveLength(1);
    await alice.command('/bastion sessions user:dba');
    const list = textOf(await alice.nextEphemeral(), alice);
    expect(list.match(/40 sessions of one tunnel/g)).toHaveLength(1);
    expect(list.match(/\[Details\]/g)).toHaveLength(1);
  });

  it('are ended as one request, in calls of twenty, and nothing else is', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'left over' });
    const card = await untilReads(world, 'C0APPROVE', bob, /left over/);
    expect(textOf(card, bob)).toMatch(/40 sessions of one tunnel/);
    await bob.press(card, 'Approve & disconnect');
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);

    const calls = world.azure.requests.all(({ kind }) => kind === 'disconnect');
    expect(calls.map(({ body }) => JSON.stringify(body).match(/leftover-/g)?.length)).toEqual([20, 20]);
    expect(new Set(host.disconnects).size).toBe(40);
    expect(host.sessions().map(({ id }) => id)).toEqual(['other']);
    await untilReads(world, 'C0ALERTS', alice, /Ended: dba on vm-db-1/);
    await eventuallyTyped('the history names who had each of them ended', async () => {
      await alice.command('/bastion history user:dba');
      const shown = textOf(await alice.nextEphemeral(), alice);
      return /40 sessions/.test(shown) && /@alice/.test(shown);
    });
  });
});
