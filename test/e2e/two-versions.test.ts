import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually, eventuallyTyped } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const health = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

const record = z.looseObject({ version: z.number() });

describe('beside a later version of the bot', () => {
  let world: TestWorld;
  let bot: Bot;
  let alice: Person;
  let card: Message;
  let direct: Redis;
  /** Of the host's state and of the alert. */
  let keys: string[];

  beforeAll(async () => {
    world = await startWorld();
    direct = new Redis(world.redis.url.replace('unix://', ''));
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * 3_600_000 });
    bot = await world.startBot();
    alice = world.slack.as('U0ALICE');
    card = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
  }, 60_000);
  afterAll(async () => {
    direct.disconnect();
    await world.stop();
  });

  const records = async () => {
    const body = health.parse(await (await fetch(`${bot.adminUrl}/readyz`)).json());
    return body.parts.find(({ name }) => name === 'records');
  };
  /** As a version of this schema would, with a version of the record that no write under way expects. */
  const rewrite = async (schema: number) => {
    const stored = (await direct.mget(keys)).map((text) => record.parse(JSON.parse(text ?? '')));
    const texts = stored.map((one) => JSON.stringify({ ...one, schema, version: one.version + 1000 }));
    await direct.mset(Object.fromEntries(keys.map((key, index) => [key, texts[index] ?? ''])));
    return texts;
  };
  const list = async () => {
    await alice.command('/bastion sessions');
    return textOf(await alice.nextEphemeral(), alice);
  };

  it('a replica leaves alone what it cannot read, and says so everywhere', async () => {
    const memory = await direct.keys('{bastion}:memory:*');
    keys = [...memory, ...(await direct.keys('{bastion}:alert:*'))];
    expect(keys).toHaveLength(2);
    const later = await rewrite(2);

    await eventually('the health page names it', async () => (await records())?.state === 'degraded');
    expect((await records())?.detail).toMatch(/left alone .*\{bastion\}:memory:.* \(reference [0-9a-f]{8}\)/);
    expect(await list()).toMatch(/bastion-prod not read since .*: its record is unreadable \(reference/);
    await alice.press(card, 'Request disconnect');
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(/I cannot read one of my records/);
    expect(await direct.mget(keys)).toEqual(later);
  });

  it('and takes all of it up again by itself once it can', async () => {
    await rewrite(1);
    await eventually('all is well', async () => (await records())?.state === 'ok');
    await eventuallyTyped('the host is read', async () => /1 session on 1 host, 1 over/.test(await list()));
    const alerts = alice.messages('C0ALERTS').filter((message) => /too long/.test(textOf(message, alice)));
    expect(alerts).toHaveLength(1);
  });
});
