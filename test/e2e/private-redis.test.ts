import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { Bot } from '../support/bot.ts';
import { launchBot, startBot } from '../support/bot.ts';
import { endlessServer, isEndless } from '../support/endless-server.ts';
import { eventually } from '../support/eventually.ts';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { quickPolicy, untilReads } from '../support/world.ts';

describe('the bot with a private Redis of its own', () => {
  let azure: AzureSimulator;
  let slack: SlackSimulator;
  let dataDir: string;

  beforeAll(async () => {
    [azure, slack, dataDir] = await Promise.all([
      startAzure(),
      startSlack(),
      mkdtemp(join(tmpdir(), 'bastion-bot-data-')),
    ]);
    azure
      .addHost({ name: 'bastion-prod' })
      .startSession({ vm: 'vm-db-1', login: 'dba', ageMs: 2 * 3_600_000 });
  });

  afterAll(async () => {
    await Promise.all([azure.stop(), slack.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = async () => {
    const environment = { ...slack.environment, ...azure.environment, DATA_DIR: dataDir };
    const bot = await startBot({ environment, policy: quickPolicy });
    slack.connect(bot.url);
    return bot;
  };

  it('posts an alert once, over a restart', async () => {
    const alice = slack.as('U0ALICE');
    const first = await start();
    await untilReads({ slack }, 'C0ALERTS', alice, /vm-db-1/);
    expect(await first.stop()).toBe(0);
    const second = await start();
    await second.waitForLog(({ msg }) => msg === 'looked for hosts');
    await alice.command('/bastion sessions');
    await alice.nextEphemeral();
    expect(slack.channel('C0ALERTS').messages).toHaveLength(1);
    expect(await second.stop()).toBe(0);
  });

  it('ends, for whoever supervises it to start it again, when that server is gone', async () => {
    const bot = await start();
    const { pid } = await bot.waitForLog(({ msg }) => msg === 'started a private Redis server');
    process.kill(Number(pid), 'SIGKILL');
    expect(await bot.exited).toBe(1);
    expect(bot.log.some(({ msg }) => msg === 'lost the private Redis server')).toBe(true);
  });

  describe('that is stopped while it waits for Slack', () => {
    let dir: string;
    let environment: Record<string, string>;

    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'bb-'));
      await Promise.all(['run', 'bin'].map(async (name) => mkdir(join(dir, name))));
      const own = { DATA_DIR: join(dir, 'data'), TMPDIR: join(dir, 'run') };
      environment = { ...slack.environment, ...azure.environment, ...own };
    });
    afterEach(async () => rm(dir, { recursive: true, force: true }));

    const waiting = async (more: Readonly<Record<string, string>> = {}) => {
      const hanging = slack.fault({ method: 'auth.test', times: 1, instead: 'hang' });
      const bot = await launchBot({ environment: { ...environment, ...more }, policy: quickPolicy });
      await eventually('it waits for Slack', () => hanging.hits > 0);
      return bot;
    };
    const stopped = async (bot: Bot) => {
      const started = descendantsOf(bot.pid);
      const code = await bot.stop();
      const last = bot.log.at(-1)?.msg;
      const files = await readdir(join(dir, 'run'));
      return { code, last, had: started.length, running: started.filter(isRunning), files };
    };
    const well = { code: 0, last: 'stopped before the start was over', had: 1, running: [], files: [] };

    it.each([
      { who: 'the kernel', path: process.env['PATH'] ?? '' },
      // As on macOS.
      { who: 'nobody', path: '' },
    ])('takes that server along, where $who ends it with its bot', async ({ path }) => {
      await symlink('/usr/bin/redis-check-rdb', join(dir, 'bin/redis-server'));
      const bot = await waiting({ PATH: `${join(dir, 'bin')}:${path}` });
      // Slack is given up on after eight.
      await bot.waitForLog(({ msg }) => msg === 'started a private Redis server', 6000);
      expect(await stopped(bot)).toEqual(well);
    });

    it('takes that server along while it still loads its data', async () => {
      const bot = await waiting({ REDIS_SERVER_BIN: await endlessServer(dir) });
      await eventually('it has begun', () => descendantsOf(bot.pid).some(isEndless));
      expect(await stopped(bot)).toEqual(well);
    });
  });
});
