import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

/** Everybody has an id of the workspace and one of the company, and Slack hands over either. */
describe('an Enterprise Grid', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  const as = (id: string): Person => world.slack.as(id);

  beforeAll(async () => {
    world = await startWorld({
      enterprise: { id: 'E0CORP', name: 'Corp' },
      people: ['ALICE', 'BOB', 'OWEN'].map((name) => ({
        id: `U0${name}`,
        name: name.toLowerCase(),
        enterpriseUserId: `W0${name}`,
      })),
      groups: [
        { id: 'S0OPS', handle: 'ops', members: ['W0ALICE', 'W0BOB'] },
        { id: 'S0LEADS', handle: 'leads', members: ['W0ALICE', 'W0BOB', 'U0OWEN'] },
      ],
    });
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'one', vm: 'vm-db-1', login: 'owen', ageMs: 7_200_000 });
    await world.startBot({ ...quickPolicy, people: [{ vmLogin: 'owen', slack: 'U0OWEN' }] });
  });
  afterAll(async () => world.stop());

  it('asks in the name of a person whose other id is in the group', async () => {
    const alert = await untilReads(world, 'C0ALERTS', as('U0ALICE'), /vm-db-1/);
    await as('U0ALICE').press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => as('U0ALICE').modal, 'the form');
    await as('U0ALICE').submit(form, { reason: 'left open' });
    const card = await untilReads(world, 'C0APPROVE', as('U0BOB'), /left open/);
    expect(textOf(card, as('U0BOB'))).toMatch(/@alice asks to disconnect owen on vm-db-1/);
  });

  it.each([
    ['W0ALICE', 'Approve & disconnect', /your own request/],
    ['W0ALICE', 'Deny', /your own request/],
    ['W0OWEN', 'Approve & disconnect', /your own session/],
  ])('refuses %s, who may not decide about it under the other id: %s', async (id, button, why) => {
    const card = await untilReads(world, 'C0APPROVE', as(id), /left open/);
    await as(id).press(card, button);
    expect(textOf(await as(id).nextEphemeral(), as(id))).toMatch(why);
    expect(host.disconnects).toEqual([]);
  });

  it('lets a colleague approve, whose other id is in the group', async () => {
    const card = await untilReads(world, 'C0APPROVE', as('U0BOB'), /left open/);
    await as('U0BOB').press(card, 'Approve & disconnect');
    await untilReads(world, 'C0APPROVE', as('U0BOB'), /Gone, checked/);
    expect(host.disconnects).toHaveLength(1);
  });
});
