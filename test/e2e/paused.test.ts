import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('a replica that was held up in the middle of a poll', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let held: Bot;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    held = await world.startBot();
    alice = world.slack.as('U0ALICE');
    await untilReads(world, 'C0ALERTS', alice, /Open too long/);
    // Held up before it has stored where its message is, it would leave that open: another story.
    const redis = new Redis(world.redis.url.replace('unix://', ''));
    const nothingIsDue = async () => (await redis.zcard('{bastion}:due')) === 0;
    await eventually('the delivery is over', nothingIsDue);
    redis.disconnect();
  }, 60_000);

  afterAll(async () => {
    process.kill(held.pid, 'SIGCONT');
    await world.stop();
  });

  it('keeps nobody else from reading, and says nothing of what it had seen', async () => {
    const since = Date.now();
    await world.azure.requests.waitFor(({ kind, at }) => kind === 'sessions' && at > since);
    process.kill(held.pid, 'SIGSTOP');
    host.endSession('long');
    const other = await world.startBot();
    await untilReads(world, 'C0ALERTS', alice, /^Ended: /m, 40_000);

    process.kill(held.pid, 'SIGCONT');
    await other.kill();
    const goesOnAt = Date.now();
    await world.azure.requests.waitFor(({ kind, at }) => kind === 'sessions' && at > goesOnAt);
    world.slack.connect(held.url);
    await alice.command('/bastion sessions');
    const list = textOf(await alice.nextEphemeral(), alice);
    expect(list).not.toContain('vm-db-1');
    expect(world.slack.channel('C0ALERTS').messages).toHaveLength(1);
    expect(textOf(await untilReads(world, 'C0ALERTS', alice, /vm-db-1/), alice)).toMatch(/Ended/);
  }, 90_000);
});
