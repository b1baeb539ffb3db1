import { setTimeout as delay } from 'node:timers/promises';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import type { Bot, BotOptions, LogLine } from '../support/bot.ts';
import { launchBot, whenReady } from '../support/bot.ts';
import type { RedisProxy } from './redis-proxy.ts';
import { startRedisProxy } from './redis-proxy.ts';

/** One of the processes that share everything, through all its lives. */
export interface Replica {
  readonly proxy: RedisProxy;
  readonly isReady: boolean;
  /** Ends it at once and starts it again after this long; false where it is not running. */
  strike(downMs: number): boolean;
}

export interface Replicas {
  readonly all: readonly Replica[];
  /** Sends what people do next to one that is up, if any is. */
  route(pick: (urls: readonly string[]) => string | undefined): void;
  untilReady(atLeast: number): Promise<void>;
  /** Every line of every life. */
  readonly log: readonly LogLine[];
  /** Lives that ended although nobody ended them. */
  readonly endedByThemselves: readonly string[];
  stop(): Promise<readonly (number | null)[]>;
}

/** On a machine that has much else to do. */
const startsWithinMs = 60_000;

export async function startReplicas(
  count: number,
  redisUrl: string,
  slack: Pick<SlackSimulator, 'connect' | 'changes'>,
  options: BotOptions,
): Promise<Replicas> {
  const log: LogLine[] = [];
  const endedByThemselves: string[] = [];
  let isOver = false;

  const replica = async () => {
    const proxy = await startRedisProxy(redisUrl);
    let bot: Bot | undefined;
    let isReady = false;
    let struck: Bot | undefined;
    const start = async (): Promise<boolean> => {
      const launched = await launchBot({
        ...options,
        environment: { ...options.environment, REDIS_URL: proxy.url },
      });
      bot = launched;
      void launched.exited.then((code) => {
        log.push(...launched.log);
        if (struck?.pid !== launched.pid && !isOver)
          endedByThemselves.push(`with ${String(code)}: ${launched.output()}`);
        return undefined;
      });
      // What ends before it is ready is told of above.
      const started = await whenReady(launched, startsWithinMs).catch(() => undefined);
      if (!started || struck?.pid === launched.pid) return false;
      bot = started;
      isReady = true;
      slack.changes.note();
      return true;
    };
    const startAgain = async (downMs: number) => {
      await delay(downMs);
      if (!isOver) await start();
    };
    if (!(await start())) throw new Error('a replica does not start');
    return {
      proxy,
      get isReady() {
        return isReady;
      },
      get url() {
        return bot?.url ?? '';
      },
      strike: (downMs: number) => {
        if (!bot || struck?.pid === bot.pid) return false;
        struck = bot;
        isReady = false;
        void bot.kill().then(async () => startAgain(downMs));
        return true;
      },
      stop: async () => {
        const code = bot ? await bot.stop() : null;
        await proxy.stop();
        return code;
      },
    };
  };

  const all = await Promise.all(Array.from({ length: count }, replica));
  const ready = () => all.filter(({ isReady }) => isReady);
  return {
    all,
    log,
    endedByThemselves,
    route: (pick) => {
      const url = pick(ready().map((each) => each.url));
      if (url !== undefined) slack.connect(url);
    },
    untilReady: async (atLeast) => {
      await slack.changes.until(() => ready().length >= atLeast, `${atLeast} replicas`, 60_000);
    },
    stop: async () => {
      isOver = true;
      return Promise.all(all.map(async (each) => each.stop()));
    },
  };
}
