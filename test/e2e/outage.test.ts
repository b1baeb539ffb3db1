import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const patienceMs = 60_000;

describe('silent hosts', () => {
  let world: TestWorld;
  let hosts: readonly SimulatedHost[];

  beforeEach(async () => {
    world = await startWorld();
    hosts = ['a', 'b', 'c', 'd', 'e'].map((name) => world.azure.addHost({ name: `bastion-${name}` }));
    for (const host of hosts) host.startSession({ vm: `vm-${host.name}` });
  });

  afterEach(async () => world.stop());

  const messages = () => world.slack.channel('C0ALERTS').messages;
  const reader = () => world.slack.as('U0BOB');
  const posts = () => world.slack.requests.all.filter(({ method }) => method === 'chat.postMessage').length;

  it('are one card for one cause, which comes back if deleted, and is closed once', async () => {
    await world.startBot(quickPolicy);
    await world.azure.requests.waitFor(({ kind }) => kind === 'sessions');
    for (const [index, host] of hosts.entries()) {
      // What an Azure that is down answers.
      host.behave(index % 2 === 0 ? { error: { status: 503, code: 'ServiceUnavailable' } } : { reset: true });
    }
    const card = await untilReads(world, 'C0ALERTS', reader(), /No data from 5 hosts since/, patienceMs);
    expect(textOf(card, reader())).toMatch(/bastion-a, bastion-b/);
    expect(posts()).toBe(1);

    for (const host of hosts.slice(1)) host.behaveNormally();
    await untilReads(world, 'C0ALERTS', reader(), /No data from 1 host since/, patienceMs);
    for (const host of hosts) host.behaveNormally();
    await untilReads(world, 'C0ALERTS', reader(), /Data again from all 5 hosts, checked/, patienceMs);
    expect(messages()).toHaveLength(1);
  });

  it('keep a card of their own where one is silent alone, after a wait for company', async () => {
    await world.startBot(quickPolicy);
    await world.azure.requests.waitFor(({ kind }) => kind === 'sessions');
    const silentAt = Date.now();
    hosts[0]?.behave({ error: { status: 403, code: 'AuthorizationFailed' } });
    await untilReads(world, 'C0ALERTS', reader(), /No data from bastion-a since/, patienceMs);
    expect(Date.now() - silentAt).toBeGreaterThan(15_000);
    hosts[0]?.behaveNormally();
    await untilReads(world, 'C0ALERTS', reader(), /Data again from bastion-a, checked/, patienceMs);
    await eventually('the card stands alone', () => messages().length === 1);
  });
});
