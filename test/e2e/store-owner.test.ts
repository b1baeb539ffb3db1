import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { Bot } from '../support/bot.ts';
import { launchBot, whenReady } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilLoaded } from '../support/world.ts';

const ownerKey = '{bastion}:workspace';
const health = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

describe('a store', () => {
  let world: TestWorld;
  let direct: Redis;
  let others: SlackSimulator;
  const started: Bot[] = [];

  beforeAll(async () => {
    world = await startWorld();
    direct = new Redis(world.redis.url.replace('unix://', ''));
    world.azure.addHost({ name: 'bastion-prod' }).startSession({ vm: 'vm-db-1', login: 'dba' });
    others = await startSlack({
      token: 'xoxb-of-others',
      team: { id: 'T0OTHERS', name: 'The others', domain: 'others' },
      bot: { userId: 'U0OTHERSBOT', botId: 'B0OTHERS', appId: 'A0OTHERS' },
    });
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(async (bot) => bot.kill()));
    await direct.flushall();
  });
  afterAll(async () => {
    direct.disconnect();
    await Promise.all([world.stop(), others.stop()]);
  });

  const launch = async (environment: Readonly<Record<string, string>>) => {
    const bot = await launchBot({
      environment: { ...world.environment, ...environment },
      policy: quickPolicy,
    });
    started.push(bot);
    return bot;
  };
  const owner = async () => JSON.parse((await direct.get(ownerKey)) ?? '{}') as unknown;
  const part = async ({ adminUrl }: Bot) => {
    const { parts } = health.parse(await (await fetch(`${adminUrl}/readyz`)).json());
    return parts.find(({ name }) => name === 'store');
  };

  it('has one owner when two replicas of a bot find it empty at once, and is the same to later ones', async () => {
    await Promise.all([launch({}), launch({})].map(async (bot) => untilLoaded(await whenReady(await bot))));
    expect(await owner()).toMatchObject({ teamId: 'T0BASTION', appId: 'A0BASTION', version: 1 });
    expect(await direct.get(ownerKey)).not.toContain(world.slack.token.value);
    const later = await whenReady(await launch({}));
    await eventually('it says so', async () => (await part(later))?.state === 'ok');
    expect((await part(later))?.detail).toBe('app A0BASTION in Bastion (T0BASTION)');
  });

  it.each(['all', 'worker'])('is refused to a bot of another workspace that starts as %s', async (role) => {
    await whenReady(await launch({}));
    const before = await direct.get(ownerKey);
    const bot = await launch({ ...others.environment, ROLE: role });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(
      /- REDIS_URL: what is stored there belongs to another bot: app A0BASTION in Bastion \(T0BASTION\)\. SLACK_BOT_TOKEN is of app A0OTHERS in The others \(T0OTHERS\)\. .*delete the key \{bastion\}:workspace\.$/m,
    );
    expect(await direct.get(ownerKey)).toBe(before);
  });

  it('is refused to another app of the same workspace', async () => {
    await whenReady(await launch({}));
    const second = await startSlack({
      token: 'xoxb-second',
      bot: { userId: 'U0SECOND', botId: 'B0SECOND', appId: 'A0SECOND' },
    });
    const bot = await launch({ ...second.environment });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(/app A0BASTION in Bastion \(T0BASTION\)\. .* app A0SECOND in Bastion/);
    await second.stop();
  });

  it('waits for the app to be named where Slack may not name it', async () => {
    await (await whenReady(await launch({}))).stop();
    const second = await startSlack({
      token: 'xoxb-second',
      bot: { userId: 'U0SECOND', botId: 'B0SECOND', appId: 'A0SECOND' },
      scopes: ['commands', 'chat:write'],
    });
    const bot = await whenReady(await launch({ ...second.environment }));
    await bot.waitForLog(({ msg }) => msg === 'does nothing until it is known whose the store is');
    second.connect(bot.url);
    expect(await second.as('U0ALICE').command('/bastion')).toMatchObject({ status: 503 });
    expect(await bot.exited).toBe(1);
    expect(JSON.stringify(bot.log)).toMatch(/belongs to another bot: app A0BASTION .* app A0SECOND/);
    await second.stop();
  });

  it('learns its app from the first command where Slack may not name it', async () => {
    world.slack.token.scopes.delete('users:read');
    const bot = await whenReady(await launch({}));
    world.slack.token.scopes.add('users:read');
    expect(await owner()).not.toHaveProperty('appId');
    world.slack.connect(bot.url);
    await world.slack.as('U0ALICE').command('/bastion');
    expect(await owner()).toMatchObject({ appId: 'A0BASTION', version: 2 });
  });

  describe('while Slack is out of reach', () => {
    const away = (slack: SlackSimulator) => slack.fault({ method: 'auth.test', instead: 'reset' });
    const polled = () => world.azure.requests.all.length;

    it('serves the bot whose it is', async () => {
      await (await whenReady(await launch({}))).stop();
      const fault = away(world.slack);
      const bot = await untilLoaded(await whenReady(await launch({})));
      world.slack.connect(bot.url);
      expect(await world.slack.as('U0ALICE').command('/bastion')).toMatchObject({ status: 200 });
      expect((await part(bot))?.state).toBe('ok');
      fault.end();
    });

    it('that nobody owns is read for, serves nobody yet, and then is theirs', async () => {
      const fault = away(world.slack);
      const bot = await untilLoaded(await whenReady(await launch({})));
      world.slack.connect(bot.url);
      expect(await world.slack.as('U0ALICE').command('/bastion')).toMatchObject({ status: 503 });
      expect(await direct.exists(ownerKey)).toBe(0);
      expect((await part(bot))?.state).toBe('degraded');
      fault.end();
      await eventually('it is taken', async () => (await direct.exists(ownerKey)) === 1);
      expect(await world.slack.as('U0ALICE').command('/bastion')).toMatchObject({ status: 200 });
    });

    it('does not serve another bot, which ends when Slack says whose it is', async () => {
      await (await whenReady(await launch({}))).stop();
      const fault = away(others);
      const before = polled();
      const bot = await whenReady(await launch({ ...others.environment }));
      others.connect(bot.url);
      expect(await others.as('U0ALICE').command('/bastion')).toMatchObject({ status: 503 });
      await eventually('it says so', async () => (await part(bot))?.state === 'down');
      expect((await fetch(`${bot.adminUrl}/readyz`)).status).toBe(503);
      fault.end();
      expect(await bot.exited).toBe(1);
      expect(bot.log).toContainEqual(expect.objectContaining({ msg: 'the store is of another bot' }));
      expect(polled()).toBe(before);
      expect(others.messages).toEqual([]);
    });
  });
});
