import type { Page } from '../demo/page/page.ts';
import { startPage } from '../demo/page/page.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import type { WorldOptions } from '../simulator/slack/world.ts';
import type { Bot } from '../support/bot.ts';
import type { Windows } from '../support/windows.ts';
import { openWindows } from '../support/windows.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld } from '../support/world.ts';

/** A world with a bot in it, the page that shows it, and a browser. */
export interface PageWorld extends TestWorld {
  readonly bot: Bot;
  readonly page: Page;
  readonly windows: Windows;
}

/** `furnish` puts hosts and sessions in place before the bot looks. */
export async function startPageWorld(
  furnish: (azure: AzureSimulator) => void,
  slackOptions: WorldOptions = {},
): Promise<PageWorld> {
  const world = await startWorld(slackOptions);
  const stops: (() => Promise<void>)[] = [async () => world.stop()];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    furnish(world.azure);
    const page = await startPage({ slack: world.slack, azure: world.azure });
    stops.push(async () => page.stop());
    const windows = await openWindows(page);
    stops.push(async () => windows.close());
    const bot = await world.startBot();
    return { ...world, bot, page, windows, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
