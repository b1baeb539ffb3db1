import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe.each(['http', 'socket'] as const)('the main story, on the wire over %s', (mode) => {
  let world: TestWorld;
  let host: SimulatedHost;
  let bot: Bot;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld({ mode });
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    host.startSession({ id: 'short', vm: 'vm-web-1', login: 'deploy', protocol: 'rdp', ageMs: 60_000 });
    bot = await world.startBot();
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });

  afterAll(async () => world.stop());

  it('raises one card for the session that is open too long', async () => {
    const card = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    expect(textOf(card, alice)).toMatch(/Open too long/);
    expect(textOf(card, alice)).toMatch(/\[Request disconnect\]/);
    expect(world.slack.channel('C0ALERTS').messages).toHaveLength(1);
  });

  it('lists the sessions privately, the longest first', async () => {
    await alice.command('/bastion sessions');
    const list = textOf(await alice.nextEphemeral(), alice);
    expect(list.indexOf('vm-db-1')).toBeGreaterThan(-1);
    expect(list.indexOf('vm-web-1')).toBeGreaterThan(list.indexOf('vm-db-1'));
  });

  it('refuses whoever has no right, and shows them nothing', async () => {
    const carol = world.slack.as('U0CAROL');
    await carol.command('/bastion sessions');
    const answer = textOf(await carol.nextEphemeral(), carol);
    expect(answer).toMatch(/You may not see sessions/);
    expect(answer).not.toMatch(/vm-/);
  });

  it('ends a session once, after a colleague approved it, and proves it', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance tonight' });
    const card = await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);

    await alice.press(card, 'Approve & disconnect');
    const refusal = textOf(await alice.nextEphemeral(), alice);
    expect(refusal).toMatch(/You may not approve|your own request/);
    expect(host.disconnects).toEqual([]);

    await bob.press(card, 'Approve & disconnect');
    const proven = await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
    expect(textOf(proven, bob)).not.toMatch(/\[Approve & disconnect\]/);
    expect(host.disconnects).toEqual(['long']);
    expect(host.sessions().map(({ id }) => id)).toEqual(['short']);

    await world.slack.changes.until(() => alice.direct.at(-1), 'the word to the requester');
    await untilReads(world, 'C0ALERTS', alice, /Ended/);
    expect(world.slack.channel('C0ALERTS').messages).toHaveLength(1);
  });

  it('stops in time and leaves with 0', async () => {
    expect(await bot.stop()).toBe(0);
  });
});
