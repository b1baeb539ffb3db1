import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

const health = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

describe('while Redis does not serve', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let bot: Bot;
  let alice: Person;
  let bob: Person;
  let card: Message;
  let direct: Redis;

  const readiness = async () => (await fetch(`${bot.adminUrl}/readyz`)).status;
  const partOf = async (name: string) => {
    const body = health.parse(await (await fetch(`${bot.adminUrl}/readyz`)).json());
    return body.parts.find((part) => part.name === name);
  };

  beforeAll(async () => {
    world = await startWorld();
    direct = new Redis(world.redis.url.replace('unix://', ''), { retryStrategy: () => 50 });
    direct.on('error', () => undefined);
    await direct.config('SET', 'maxmemory-policy', 'allkeys-lru');
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    bot = await world.startBot({ ...quickPolicy, disconnect: { expiresAfter: '1h' } });
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance' });
    card = await untilReads(world, 'C0APPROVE', bob, /maintenance/);
  }, 60_000);
  beforeEach(async () => {
    await eventually('the bot is ready', async () => (await readiness()) === 200);
  });

  afterAll(async () => {
    direct.disconnect();
    await world.stop();
  });

  it('warns of a server that may forget what it was given', async () => {
    await bot.waitForLog(({ msg }) => msg.includes('set maxmemory-policy to noeviction'));
    expect(await partOf('redis')).toMatchObject({
      state: 'degraded',
      detail: 'maxmemory-policy is allkeys-lru',
    });
    await direct.config('SET', 'maxmemory-policy', 'noeviction');
    await eventually('all is well', async () => (await partOf('redis'))?.state === 'ok');
  });

  it.each([
    {
      what: 'has become a replica',
      // Its refusal of a write makes the connection look for the new primary: a read may fall into that moment.
      says: /vm-db-1|I cannot reach my memory/,
      breaks: async () => direct.replicaof('127.0.0.1', 1),
      mends: async () => direct.replicaof('NO', 'ONE'),
    },
    {
      what: 'is full',
      says: /vm-db-1/,
      breaks: async () => direct.config('SET', 'maxmemory', '1'),
      mends: async () => direct.config('SET', 'maxmemory', '0'),
    },
    {
      what: 'was killed',
      says: /I cannot reach my memory/,
      breaks: async () => world.redis.kill(),
      mends: async () => world.redis.restart(),
    },
  ])('the bot says so, decides nothing and goes on by itself: it $what', async ({ says, breaks, mends }) => {
    await breaks();
    const clicked = await bob.press(card, 'Deny');
    expect(clicked).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(textOf(await bob.nextEphemeral(), bob)).toMatch(/I cannot reach my memory/);
    await eventually('not ready', async () => (await readiness()) === 503);

    await alice.command('/bastion sessions');
    const answer = textOf(await alice.nextEphemeral(), alice);
    // A server that still answers can be read from.
    expect(answer).toMatch(says);

    await mends();
    await eventually('ready again', async () => (await readiness()) === 200);
    expect(textOf(card, bob)).toMatch(/Waiting for approval/);
  });

  it('the request is still there to be approved', async () => {
    expect(await bob.press(card, 'Approve & disconnect')).toMatchObject({ ok: true });
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
    expect(host.disconnects).toEqual(['long']);
  }, 40_000);
});
