import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import type { Bot } from '../support/bot.ts';
import { launchBot, whenReady } from '../support/bot.ts';
import { copyCheckout } from '../support/checkout.ts';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { quickPolicy } from '../support/world.ts';

describe('npm start', () => {
  let azure: AzureSimulator;
  let slack: SlackSimulator;
  let checkout: string;

  beforeAll(async () => {
    [azure, slack, checkout] = await Promise.all([startAzure(), startSlack(), copyCheckout()]);
  });

  afterAll(async () => {
    await Promise.all([azure.stop(), slack.stop()]);
    await rm(checkout, { recursive: true, force: true });
  });

  const start = async (data: string): Promise<Bot> => {
    const bot = await launchBot({
      environment: { ...slack.environment, ...azure.environment, DATA_DIR: join(checkout, data) },
      policy: quickPolicy,
      command: { of: ['npm', 'start', '--silent'], in: checkout },
    });
    return whenReady(bot, 120_000);
  };

  it('is ready in a checkout without a build, however often it is started at once', async () => {
    const bots = await Promise.all(['one', 'two'].map(start));
    const running = bots.flatMap(({ pid }) => descendantsOf(pid)).map(({ command }) => command);
    // Before anything is expected, so that none is left behind.
    expect(await Promise.all(bots.map(async (bot) => bot.stop()))).toEqual([0, 0]);
    expect(await readdir(join(checkout, '.builds'))).toHaveLength(1);
    expect(running.filter((command) => command.includes('esbuild'))).toEqual([]);
  }, 180_000);

  it('starts what is built, and ends with all it has started when npm is told to end', async () => {
    const built = async () => {
      const { ino, mtimeMs } = await stat(join(checkout, 'dist/main.js'));
      return { ino, mtimeMs };
    };
    const before = await built();
    const bot = await start('one');
    const started = descendantsOf(bot.pid);
    expect(started.length).toBeGreaterThan(1);
    expect(await bot.stop()).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    expect(await built()).toEqual(before);
  }, 180_000);

  it('has built nothing that cannot be loaded, when it is needed at last', async () => {
    const loadAll = `
      import { readdirSync } from 'node:fs';
      const parts = readdirSync('dist/parts').filter((name) => name.endsWith('.js'));
      for (const part of parts) await import(\`${join(checkout, 'dist/parts')}/\${part}\`);
      process.exit(parts.length > 5 ? 0 : 1);`;
    const loading = spawn(process.execPath, ['--input-type=module', '--eval', loadAll], { cwd: checkout });
    expect(await once(loading, 'exit')).toEqual([0, null]);
  });
});
