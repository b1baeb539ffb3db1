import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('an alert in the hands of people, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let bot: Bot;
  let alice: Person;
  let bob: Person;
  const cards = () => world.slack.channel('C0ALERTS').messages.filter((each) => each.threadTs === undefined);
  const replies = () =>
    world.slack.channel('C0ALERTS').messages.filter((each) => each.threadTs !== undefined);

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    bot = await world.startBot();
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });

  afterAll(async () => world.stop());

  it('shows who acknowledged it, with the steps in its thread', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /Open too long/);
    await alice.press(alert, 'Acknowledge');
    const acknowledged = await untilReads(world, 'C0ALERTS', bob, /Acknowledged by @alice/);
    expect(textOf(acknowledged, bob)).toMatch(/\[Undo acknowledgement\]/);
    await untilReads(world, 'C0ALERTS', bob, /acknowledged by @alice/);
    expect(replies().map(({ threadTs }) => threadTs)).toEqual([alert.ts]);
    await alice.press(alert, 'Details');
    await world.slack.changes.until(() => alice.modal, 'the details');
  });

  it('lets a colleague undo that', async () => {
    const [alert] = cards();
    if (!alert) throw new Error('there is no card');
    await bob.press(alert, 'Undo acknowledgement');
    const undone = await untilReads(world, 'C0ALERTS', bob, /\[Acknowledge\]/);
    expect(textOf(undone, bob)).not.toMatch(/Acknowledged by/);
  });

  it('lets nobody snooze it who has no right to disconnect', async () => {
    const carol = world.slack.as('U0CAROL');
    const [alert] = cards();
    if (!alert) throw new Error('there is no card');
    await carol.press(alert, 'Snooze');
    expect(textOf(await carol.nextEphemeral(), carol)).toMatch(/You may not acknowledge or snooze alerts/);
    expect(carol.modal).toBeUndefined();
  });

  it('is quiet while it is snoozed, through a restart, and calls whoever snoozed it at the end', async () => {
    const [alert] = cards();
    if (!alert) throw new Error('there is no card');
    await bob.press(alert, 'Snooze');
    const form = await world.slack.changes.until(() => bob.modal, 'the form');
    const past = String(Math.floor(Date.now() / 1000) - 60);
    await bob.submit(form, { Reason: 'backup runs', 'Or until another time': past });
    expect(JSON.stringify(bob.modal)).toContain('That time has passed already.');

    const untilSeconds = Math.ceil(Date.now() / 1000) + 4;
    await bob.submit(form, { Reason: 'backup runs', 'Or until another time': String(untilSeconds) });
    await untilReads(world, 'C0ALERTS', alice, /snoozed until/);
    await bot.stop();
    bot = await world.startBot();

    const call = await untilReads(world, 'C0ALERTS', bob, /@bob, the snooze until .* is over/);
    expect(call.threadTs).toBe(alert.ts);
    expect(textOf(call, bob)).toMatch(/dba on vm-db-1 through bastion-prod is still open/);
    expect(Date.now()).toBeGreaterThanOrEqual(untilSeconds * 1000);
    await untilReads(world, 'C0ALERTS', alice, /and the snooze is over/);
    expect(cards()).toHaveLength(1);
  });

  it('has no buttons once the session has ended', async () => {
    host.endSession('long');
    const card = await untilReads(world, 'C0ALERTS', alice, /^Ended: /m);
    expect(card.threadTs).toBeUndefined();
    expect(textOf(card, alice)).not.toMatch(/\[/);
  });
});

describe('people and channels of other companies, on the wire', () => {
  let world: TestWorld;

  afterAll(async () => world.stop());

  it('see nothing that a group or everyone sees', async () => {
    world = await startWorld({
      people: [
        { id: 'U0ALICE', name: 'alice' },
        { id: 'U0GUEST', name: 'gus', isGuest: true },
        { id: 'U0PARTNER', name: 'pat', teamId: 'T0PARTNER' },
        { id: 'U0NAMED', name: 'nan', isGuest: true },
      ],
      channels: [
        { id: 'C0ALERTS', name: 'alerts', isShared: true },
        { id: 'C0APPROVE', name: 'approvals' },
      ],
    });
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    const bot = await world.startBot({
      ...quickPolicy,
      access: { view: ['everyone', 'U0NAMED'], disconnect: [], approve: [] },
    });

    const answerTo = async (id: string) => {
      const person = world.slack.as(id);
      await person.command('/bastion sessions');
      return textOf(await person.nextEphemeral(), person);
    };
    expect(await answerTo('U0ALICE')).toMatch(/Bastion host|session/);
    expect(await answerTo('U0GUEST')).toMatch(/You may not see sessions.*You are a guest here/s);
    expect(await answerTo('U0PARTNER')).toMatch(/You may not see sessions.*another workspace/s);
    expect(await answerTo('U0NAMED')).not.toMatch(/You may not/);

    await eventually('the health page names the shared channel', async () => {
      const body = await (await fetch(`${bot.adminUrl}/readyz`)).text();
      return body.includes('C0ALERTS: shared-channel');
    });
    expect(world.slack.channel('C0ALERTS').messages).toEqual([]);
  });
});
