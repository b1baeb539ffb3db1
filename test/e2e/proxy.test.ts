import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { namesBehindProxy as names } from '../simulator/certificate.ts';
import type { Bot } from '../support/bot.ts';
import { eventually, eventuallyTyped } from '../support/eventually.ts';
import type { ProxiedWorld } from '../support/proxied-world.ts';
import { startProxiedWorld } from '../support/proxied-world.ts';
import { quickPolicy, textOf, untilReads } from '../support/world.ts';

const minuteMs = 60_000;
const user = { name: 'bot@corp', password: 'p:a/s s%' };
const origin = { entraUser: 'erin@contractor.example', clientAddress: '203.0.113.24' };
const policy = { ...quickPolicy, rules: [{ name: 'databases', match: { vm: 'vm-db-*' }, warnAfter: '2s' }] };
const readyz = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

const partOf = async (bot: Bot, wanted: string) => {
  const { parts } = readyz.parse(await (await fetch(`${bot.adminUrl}/readyz`)).json());
  return parts.find(({ name }) => name === wanted);
};

describe('a company whose proxy is the only way out', () => {
  let world: ProxiedWorld;

  afterEach(async () => world.stop());

  it.each([
    ['http', 'with a user and a password', { user }],
    ['socket', 'over TLS', { overTls: true }],
  ] as const)(
    'has everything go through it in the mode %s, %s: Slack, its answers and sockets, Entra, Azure and the logs',
    async (mode, _how, options) => {
      world = await startProxiedWorld(mode, options);
      const { azure, proxy, slack } = world;
      const host = azure.addHost({ name: 'bastion-prod' });
      host.startSession({ vm: 'vm-db-1', login: 'dba', ageMs: 10 * minuteMs, origin });
      const bot = await world.startBot({
        environment: { LOG_LEVEL: 'trace', AZURE_LOG_LEVEL: 'verbose' },
        policy,
      });
      const alice = slack.as('U0ALICE');
      if (mode === 'socket') await slack.changes.until(() => slack.sockets.open.length === 2, 'sockets');
      const list = async () => {
        await alice.command('/bastion sessions');
        return textOf(await alice.nextEphemeral(), alice);
      };
      await eventuallyTyped('it is known who', async () => /dba on vm-db-1[^]*erin@/.test(await list()));
      await untilReads(world, 'C0ALERTS', alice, /Open too long[^]*vm-db-1/);
      expect(new Set(proxy.made)).toEqual(new Set(Object.values(names).map((name) => `${name}:443`)));
      expect(proxy.asked).toEqual(expect.arrayContaining([...proxy.made]));
      expect(proxy.asked.filter((asked) => !proxy.made.includes(asked))).toEqual([]);
      expect(bot.log).toContainEqual(
        expect.objectContaining({ msg: expect.stringContaining('proxy'), proxy: `127.0.0.1:${proxy.port}` }),
      );
      const printed = bot.output() + JSON.stringify(bot.log);
      const { username, password } = new URL(proxy.url);
      const secrets = [username, password, user.password, btoa(`${user.name}:${user.password}`)];
      expect(secrets.filter((secret) => secret !== '' && printed.includes(secret))).toEqual([]);
    },
  );

  it('is not asked for what NO_PROXY names, nor for the token of a managed identity', async () => {
    world = await startProxiedWorld('http', { user });
    const { azure, proxy } = world;
    azure.addHost({ name: 'bastion-prod' });
    const bot = await world.startBot({
      environment: { NO_PROXY: 'logs.test,.management.test', AZURE_LOG_LEVEL: 'verbose' },
      as: 'managed identity',
    });
    await eventually('Azure is missed', async () => (await partOf(bot, 'azure'))?.state === 'degraded');
    expect(azure.requests.count(({ kind }) => kind === 'token')).toBeGreaterThan(0);
    expect(new Set(proxy.asked)).toEqual(new Set([`${names.slack}:443`]));
    expect(bot.output()).not.toContain(new URL(proxy.url).password);
  });

  it('is named to people where it keeps the bot from Azure alone', async () => {
    world = await startProxiedWorld('http');
    const { azure, proxy, slack } = world;
    azure.addHost({ name: 'bastion-prod' }).startSession({ vm: 'vm-db-1', login: 'dba' });
    await world.startBot();
    const alice = slack.as('U0ALICE');
    const list = async () => {
      await alice.command('/bastion sessions');
      return textOf(await alice.nextEphemeral(), alice);
    };
    await eventuallyTyped('it is read', async () => /dba on vm-db-1/.test(await list()));
    proxy.forbid(`${names.resourceManager}:443`);
    await proxy.hangUp();
    const sentence = `the proxy 127.0.0.1:${proxy.port} refused the way to Azure (403)`;
    await eventuallyTyped('it is named', async () => (await list()).includes(sentence));
    expect(await list()).toContain(sentence);
  });
});
