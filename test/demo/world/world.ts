import { join } from 'node:path';
import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { startAzure } from '../../simulator/azure/azure-simulator.ts';
import type { Person } from '../../simulator/slack/person.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import type { Bot } from '../../support/bot.ts';
import { launchBot, whenReady } from '../../support/bot.ts';
import type { Name } from './cast.ts';
import { people, policy, slackWorld } from './cast.ts';
import { furnish } from './estate.ts';

/** Slack and Azure on loopback, and the shipped bot between them. */
export interface DemoWorld {
  readonly azure: AzureSimulator;
  readonly slack: SlackSimulator;
  /** The one that runs now. */
  readonly bot: Bot;
  /** Resolves with the bot that ended although nobody asked it to. */
  readonly broken: Promise<Bot>;
  /** Stops it and starts another one at the same address, on the same data. */
  restartBot(): Promise<void>;
  person(name: Name): Person;
  /** Resolves when nothing of it is left running. */
  stop(): Promise<void>;
}

/** `onLaunch` hears of the bot's process as soon as there is one, ready or not; `built` comes first. Throws with its words if it ends instead. */
export async function startDemoWorld(
  home: string,
  onLaunch: (bot: Bot) => void,
  built: Promise<unknown> = Promise.resolve(),
): Promise<DemoWorld> {
  const [azure, slack] = await Promise.all([startAzure(), startSlack(slackWorld)]);
  furnish(azure);
  const stopSimulators = async () => void (await Promise.all([azure.stop(), slack.stop()]));
  let launched: Bot | undefined;
  let reportBroken: (bot: Bot) => void = () => undefined;
  const broken = new Promise<Bot>((resolve) => (reportBroken = resolve));
  const launch = async (ports: Readonly<Record<string, string>> = {}): Promise<Bot> => {
    launched = await launchBot({
      policy,
      ownGroup: true,
      environment: {
        ...slack.environment,
        ...azure.environment,
        ...azure.logs.environment,
        DATA_DIR: join(home, 'data'),
        ...ports,
      },
    });
    onLaunch(launched);
    const ready = await whenReady(launched);
    void ready.exited.then(() => ready === bot && reportBroken(ready));
    return ready;
  };
  let bot: Bot | undefined;
  const running = () => {
    if (!bot) throw new Error('the bot is just being restarted');
    return bot;
  };
  try {
    await built;
    bot = await launch();
    slack.connect(bot.url);
    return {
      azure,
      slack,
      broken,
      get bot() {
        return running();
      },
      restartBot: async () => {
        const old = running();
        bot = undefined;
        await old.stop();
        try {
          bot = await launch({ PORT: new URL(old.url).port, ADMIN_PORT: new URL(old.adminUrl).port });
        } catch (error) {
          reportBroken(launched ?? old);
          throw error;
        }
      },
      person: (name) => slack.as(idOf(name)),
      stop: async () => {
        bot = undefined;
        // At once: a bot that waits for a silent host would be slow to go.
        await Promise.all([launched?.stop(), stopSimulators()]);
      },
    };
  } catch (error) {
    await launched?.stop();
    await stopSimulators();
    throw error;
  }
}

function idOf(name: Name): string {
  return people.find((person) => person.name === name)?.id ?? name;
}
