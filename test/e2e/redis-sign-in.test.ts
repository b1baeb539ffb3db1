import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Bot } from '../support/bot.ts';
import { launchBot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { freePort, startClusteredRedis } from '../support/redis.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld } from '../support/world.ts';

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
});
