import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

describe('a right of this moment', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    for (const nth of ['1', '2']) {
      host.startSession({ id: nth, vm: `vm-db-${nth}`, login: `dba${nth}`, ageMs: 7_200_000 });
    }
    await world.startBot();
    [alice, bob] = [world.slack.as('U0ALICE'), world.slack.as('U0BOB')];
  });
  afterAll(async () => world.stop());

  const leads = (...members: string[]) => {
    const group = world.slack.world.groups.get('S0LEADS');
    if (group) group.members = members;
  };
  const ask = async (vm: string): Promise<Message> => {
    const alert = await untilReads(world, 'C0ALERTS', alice, new RegExp(vm));
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: `end ${vm}` });
    return untilReads(world, 'C0APPROVE', bob, new RegExp(`end ${vm}`));
  };
  const refusal = async (person: Person, card: Message, button: string) => {
    await person.press(card, button);
    return textOf(await person.nextEphemeral(), person);
  };

  it('is that of the group as Slack has just told of its change', async () => {
    const card = await ask('vm-db-1');
    // The answer about the group is known by now, and would serve for seconds.
    expect(await refusal(alice, card, 'Approve & disconnect')).toMatch(/You may not approve/);
    leads();
    await world.slack.groupChanged('S0LEADS');
    expect(await refusal(bob, card, 'Approve & disconnect')).toMatch(/You may not approve/);
    leads('U0BOB');
    await world.slack.groupChanged('S0LEADS');
    await bob.press(card, 'Approve & disconnect');
    await untilReads(world, 'C0APPROVE', bob, /vm-db-1: Gone, checked/);
    expect(host.disconnects).toEqual(['1']);
  });

  it('names a group that was disabled, and tells nobody to try again', async () => {
    const card = await ask('vm-db-2');
    const group = world.slack.world.groups.get('S0LEADS');
    if (group) group.isDisabled = true;
    await world.slack.groupChanged('S0LEADS');
    const said = await refusal(bob, card, 'Approve & disconnect');
    expect(said).toMatch(/S0LEADS .*is disabled or deleted in Slack/);
    expect(said).not.toMatch(/[Tt]ry again/);
  });
});
