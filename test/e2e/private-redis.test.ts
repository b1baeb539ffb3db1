import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import { launchBot, startBot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { isRunning } from '../support/processes.ts';
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

  it('starts that server while it waits for Slack, and takes it along when it is stopped', async () => {
    const hanging = slack.fault({ method: 'auth.test', instead: 'hang' });
    const environment = { ...slack.environment, ...azure.environment, DATA_DIR: dataDir };
    const bot = await launchBot({ environment, policy: quickPolicy });
    await eventually('it waits for Slack', () => hanging.hits > 0);
    // Slack is given up on after eight.
    const { pid } = await bot.waitForLog(({ msg }) => msg === 'started a private Redis server', 6000);
    expect(await bot.stop()).toBe(0);
    expect(bot.log.map(({ msg }) => msg)).toContain('stopped before the start was over');
    await eventually('the server has ended', () => !isRunning({ pid: Number(pid) }));
  });
});
