import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { startRedisFront } from '../simulator/azure/redis-front.ts';
import type { Bot } from '../support/bot.ts';
import { launchBot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { redisRights } from '../support/redis-rights.ts';
import { freePort, startClusteredRedis } from '../support/redis.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilReads } from '../support/world.ts';

const health = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

async function partOf(bot: Bot, name: string) {
  const body = health.parse(await (await fetch(`${bot.adminUrl}/readyz`)).json());
  return body.parts.find((part) => part.name === name);
}

describe('the Redis that a bot signs in to', () => {
  let world: TestWorld;
  let admin: Redis;
  let port: number;

  beforeAll(async () => {
    world = await startWorld();
    admin = new Redis(world.redis.url.replace('unix://', ''));
    port = await freePort();
    await admin.config('SET', 'port', port);
  });
  afterAll(async () => {
    admin.disconnect();
    await world.stop();
  });

  it('is refused at the start where it is a cluster, by the name of its policy', async () => {
    const cluster = await startClusteredRedis();
    const bot = await launchBot({
      environment: { ...world.environment, REDIS_URL: cluster.url },
      policy: quickPolicy,
    });
    expect(await bot.exited).toBe(1);
    await cluster.stop();
    expect(bot.output()).toMatch(
      /^Bastion Bot cannot start:\n {2}- REDIS_URL: this Redis is a cluster.*policy is "OSS".*"Enterprise"/,
    );
  });

  it('is named in /readyz where it refuses the password, and served again once it takes it', async () => {
    await admin.call('ACL', 'SETUSER', 'bot', 'on', '>right', '~*', '+@all');
    const REDIS_URL = `"REDIS://bot:hunter2/+=@127.0.0.1:${port}"`;
    const bot = await world.startBot(quickPolicy, { REDIS_URL });
    await eventually('it names the password', async () => (await partOf(bot, 'redis'))?.state === 'down');
    expect(await partOf(bot, 'redis')).toMatchObject({
      detail: 'Redis refuses the user or the password in REDIS_URL (WRONGPASS)',
    });
    await admin.call('ACL', 'SETUSER', 'bot', '>hunter2/+=');
    await eventually('it is served again', async () => (await partOf(bot, 'redis'))?.state === 'ok');
    await bot.stop();
    expect(bot.log.filter(({ msg }) => msg === 'Redis lets nobody in with this REDIS_URL')).toHaveLength(1);
    expect(JSON.stringify(bot.log) + bot.output()).not.toContain('hunter2');
  });

  it('takes tokens of Azure, through renewals and drops, with no more rights than docs/operate.md names', async () => {
    const user = 'c0ffee00-0000-4000-8000-00000000b07e';
    const rights = redisRights().rules.filter((rule) => !/^(reset|on|>.*)$/.test(rule));
    const socketPath = world.redis.url.replace('unix://', '');
    await admin.flushall();
    const front = await startRedisFront({ socketPath, user, rights });
    world.azure.behaveIdentity({ redisTokenLifetimeMs: 6000 });
    world.azure
      .addHost({ name: 'bastion-prod' })
      .startSession({ vm: 'vm-db-1', login: 'dba', ageMs: 2 * 3_600_000 });
    const bot = await world.startBot(quickPolicy, {
      REDIS_URL: `redis://${user}@127.0.0.1:${front.port}`,
      REDIS_CREDENTIAL: 'entra',
    });
    const [alice, bob] = [world.slack.as('U0ALICE'), world.slack.as('U0BOB')];
    await alice.press(await untilReads(world, 'C0ALERTS', alice, /vm-db-1/), 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await eventually('three renewals are done', () => front.tokens().length > 3);
    // Nobody is kept from what follows because this machine is too busy to renew in time.
    world.azure.behaveIdentity({ redisTokenLifetimeMs: 600_000 });
    const before = front.tokens().length;
    await eventually('a fourth gives one that lasts', () => front.tokens().length > before);
    front.drop();
    await eventually('all are back', () => front.borne().length === 5);
    await alice.submit(form, { reason: 'maintenance' });
    const request = await untilReads(world, 'C0APPROVE', bob, /maintenance/);
    await bob.press(request, 'Approve & disconnect');
    await eventually('the session is ended', () => world.azure.hosts()[0]?.sessions().length === 0);
    expect(await partOf(bot, 'redis token')).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/^it lasts until 20/) as unknown,
    });
    await bot.stop();
    await front.stop();
    const said = JSON.stringify(bot.log) + bot.output();
    expect(front.tokens().filter((token) => said.includes(token))).toEqual([]);
    expect(said).not.toMatch(/NOPERM|can't run this command/);
  });
});
