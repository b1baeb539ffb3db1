import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { startBot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilReads } from '../support/world.ts';

const health = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

/** One replica takes the clicks, under a policy that asks for no approval; another one calls Azure. */
describe('replicas with different policies', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let clicks: Bot;
  let worker: Bot;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', ageMs: 7_200_000 });
    worker = await startBot({ environment: { ...world.environment, ROLE: 'worker' }, policy: quickPolicy });
    const lax = { ...quickPolicy, disconnect: { approval: 'none' } };
    clicks = await world.startBot(lax, { ROLE: 'bot' });
    alice = world.slack.as('U0ALICE');
  });
  afterAll(async () => {
    await worker.kill();
    await world.stop();
  });

  it('say so, and serve people nevertheless', async () => {
    const policy = async () => {
      const { parts, ready } = health.parse(await (await fetch(`${clicks.adminUrl}/readyz`)).json());
      return { ready, ...parts.find(({ name }) => name === 'policy') };
    };
    await eventually('it shows', async () => (await policy()).state === 'degraded');
    expect(await policy()).toMatchObject({
      ready: true,
      detail: expect.stringMatching(/^replicas apply different policies: 1 by [0-9a-f]{12}/),
    });
  });

  it('end nothing that the one who calls would not have allowed', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'left open' });
    await untilReads(world, 'C0APPROVE', alice, /Not sent.*Now the policy asks for one/s);
    expect(host.disconnects).toEqual([]);
  });
});
