import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { auditTrail } from '../support/trail.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('a tunnel that reconnects after its session was ended, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let bot: Bot;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    const machine = { vm: 'vm-db-1', protocol: 'ssh' } as const;
    host.startSession({ ...machine, id: 'tunnel', login: 'dba', ageMs: 2 * hourMs });
    host.startSession({ ...machine, id: 'another', login: 'deploy', ageMs: 60_000 });
    bot = await world.startBot(quickPolicy);
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });

  afterAll(async () => world.stop());

  async function approved(reason: string): Promise<void> {
    await alice.submit(await world.slack.changes.until(() => alice.modal, 'the form'), { reason });
    await bob.press(await untilReads(world, 'C0APPROVE', bob, new RegExp(reason)), 'Approve & disconnect');
  }
  const backCard = async (): Promise<Message> =>
    untilReads(world, 'C0APPROVE', bob, /Gone, checked .*, came back \d+:\d\d:\d\d/);

  it('is said on the card and to who asked, once, with the button that ends it', async () => {
    await alice.press(await untilReads(world, 'C0ALERTS', alice, /vm-db-1/), 'Request disconnect');
    await approved('maintenance tonight');
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
    host.startSession({ id: 'again', vm: 'vm-db-1', login: 'DBA', protocol: 'ssh' });

    const card = await backCard();
    expect(textOf(card, bob)).toMatch(/\[Request disconnect\]/);
    await world.slack.changes.until(
      () => alice.direct.find((message) => /came back/.test(textOf(message, alice))),
      'the word to the requester',
    );
    expect(alice.direct.filter(({ onlyFor }) => onlyFor === undefined)).toHaveLength(1);
    expect(world.slack.channel('C0APPROVE').messages).toHaveLength(1);

    await alice.press(card, 'Request disconnect');
    await approved('once more');
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked[^]*once more/);
    expect(host.disconnects).toEqual(['tunnel', 'again']);
    expect(host.sessions().map(({ id }) => id)).toEqual(['another']);
  });

  it('is on record, by the bot, and no ending of its own', async () => {
    const metrics = await (await fetch(`${bot.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/^bastion_disconnects_total\{outcome="gone"\} 2$/m);
    const redis = new Redis(world.redis.url.replace('unix://', ''));
    const trail = await auditTrail(redis);
    redis.disconnect();
    expect(trail.filter(({ what }) => what === 'session-came-back')).toMatchObject([
      { by: 'bastion-bot', session: { sessionId: 'again', vmLogin: 'DBA' } },
    ]);
  });
});
