import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { Message } from '../simulator/slack/messages.ts';
import { current } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import { renderText } from '../simulator/slack/render/message.ts';
import type { SlackOptions, SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { Bot, BotOptions } from './bot.ts';
import { startBot } from './bot.ts';
import type { TestRedis } from './redis.ts';
import { startTestRedis } from './redis.ts';

/** Slack, Azure and Redis on loopback, and as many bots as are started. */
export interface TestWorld {
  readonly azure: AzureSimulator;
  readonly slack: SlackSimulator;
  readonly redis: TestRedis;
  readonly environment: Readonly<Record<string, string>>;
  /** Starts the shipped process against this world and sends Slack's requests to it. */
  startBot(policy?: unknown, environment?: BotOptions['environment']): Promise<Bot>;
  stop(): Promise<void>;
}

/** Limits of seconds, so that the real clock will do. */
export const quickPolicy = {
  channels: { alerts: 'C0ALERTS', approvals: 'C0APPROVE' },
  access: { view: ['S0OPS'], disconnect: ['S0OPS'], approve: ['S0LEADS'] },
  polling: { every: '1s' },
  rules: [{ name: 'everything', warnAfter: '1h' }],
};

export async function startWorld(slackOptions: SlackOptions = {}): Promise<TestWorld> {
  const [azure, slack, redis] = await Promise.all([startAzure(), startSlack(slackOptions), startTestRedis()]);
  const bots: Bot[] = [];
  const environmentNow = () => ({ ...slack.environment, ...azure.environment, REDIS_URL: redis.url });
  return {
    azure,
    slack,
    redis,
    get environment() {
      return environmentNow();
    },
    startBot: async (policy = quickPolicy, environment = {}) => {
      const bot = await startBot({ environment: { ...environmentNow(), ...environment }, policy });
      bots.push(bot);
      slack.connect(bot.url);
      return bot;
    },
    stop: async () => {
      await Promise.all(bots.map(async (bot) => bot.kill()));
      await Promise.all([azure.stop(), slack.stop(), redis.stop()]);
    },
  };
}

/** Waits until the bot has loaded what it loads at its first call of Azure: meanwhile it may keep a person waiting. */
export async function untilLoaded(bot: Bot): Promise<Bot> {
  await bot.waitForLog(({ msg }) => msg === 'looked for hosts');
  return bot;
}

/** Waits until a message in the channel reads so, to this person. */
export async function untilReads(
  { slack }: Pick<TestWorld, 'slack'>,
  channel: string,
  reader: Person,
  wanted: RegExp,
  withinMs = 30_000,
): Promise<Message> {
  return slack.changes.until(
    () => reader.messages(channel).find((message) => wanted.test(textOf(message, reader))),
    `a message in ${channel} that reads ${String(wanted)}`,
    withinMs,
  );
}

export function textOf(message: Message, reader: Person): string {
  return renderText(current(message), reader);
}
