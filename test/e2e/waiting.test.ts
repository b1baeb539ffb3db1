import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('an approved request that Azure keeps waiting, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    for (const vm of ['vm-db-1', 'vm-web-1']) {
      host.startSession({ id: vm, vm, login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    }
    await world.startBot();
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });

  afterAll(async () => world.stop());

  async function approve(vm: string): Promise<Message> {
    const alert = await untilReads(world, 'C0ALERTS', alice, new RegExp(vm));
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: `not needed: ${vm}` });
    const card = await untilReads(world, 'C0APPROVE', bob, new RegExp(`not needed: ${vm}`));
    await bob.press(card, 'Approve & disconnect');
    return card;
  }

  it('says why, and is sent once Azure takes it', async () => {
    const throttled = { status: 429, code: 'TooManyRequests', retryAfter: 2 };
    host.behave({ error: throttled, times: 1, on: 'disconnect' });
    host.behave({ error: { status: 409, code: 'AnotherOperationInProgress' }, times: 1, on: 'disconnect' });
    await approve('vm-db-1');
    const waiting = await untilReads(
      world,
      'C0APPROVE',
      bob,
      /waiting for Azure since.*asks the bot to wait/s,
    );
    expect(textOf(waiting, alice)).toMatch(/\[Cancel request\]/);
    expect(textOf(waiting, alice)).not.toMatch(/\[Deny\]/);
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
    expect(host.disconnects).toEqual(['vm-db-1']);
    expect(world.azure.requests.count(({ kind }) => kind === 'disconnect')).toBe(3);
  });

  it('is cancelled by who asked, and never sent', async () => {
    host.behave({ error: { status: 429, code: 'TooManyRequests', retryAfter: 600 }, on: 'disconnect' });
    await approve('vm-web-1');
    const waiting = await untilReads(world, 'C0APPROVE', alice, /waiting for Azure since/);
    await alice.press(waiting, 'Cancel request');
    const cancelled = await untilReads(world, 'C0APPROVE', bob, /Cancelled by/);
    expect(textOf(cancelled, alice)).not.toMatch(/\[Cancel request\]/);
    expect(host.disconnects).toEqual(['vm-db-1']);
  });
});
