import { setTimeout as delay } from 'node:timers/promises';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import type { Bot, BotOptions, LogLine } from '../support/bot.ts';
import { launchBot, whenReady } from '../support/bot.ts';
import type { RedisProxy } from './redis-proxy.ts';
import { startRedisProxy } from './redis-proxy.ts';
import type { SteppingClock } from './stepping-clock.ts';
import { steppingClock } from './stepping-clock.ts';

/** One of the processes that share everything, through all its lives. */
export interface Replica {
  readonly proxy: RedisProxy;
  readonly clock: SteppingClock;
  readonly isReady: boolean;
  /** Of the life that is ready. */
  readonly adminUrl: string;
  /** Ends it at once and starts it again after this long; false where it is not running. */
  strike(downMs: number): boolean;
}

/** `bot`: it answers Slack, and no worker runs in it. */
export type Role = 'all' | 'bot';

export interface Replicas {
  readonly all: readonly Replica[];
  /** Sends what people do next to one that is up, if any is. */
  route(pick: (urls: readonly string[]) => string | undefined): void;
  untilReady(atLeast: number): Promise<void>;
  /** Ends those of another role, and resolves once none is left; every later life has this one. */
  becomeAll(role: Role): Promise<void>;
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
  let role: Role = 'all';

  const replica = async () => {
    const [proxy, clock] = await Promise.all([startRedisProxy(redisUrl), steppingClock()]);
    let bot: Bot | undefined;
    let isReady = false;
    let startedAs = role;
    let struck: Bot | undefined;
    const start = async (): Promise<boolean> => {
      startedAs = role;
      const launched = await launchBot({
        ...options,
        environment: { ...options.environment, ...clock.environment, REDIS_URL: proxy.url, ROLE: role },
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
      clock,
      get startedAs() {
        return startedAs;
      },
      get isReady() {
        return isReady;
      },
      get url() {
        return bot?.url ?? '';
      },
      get adminUrl() {
        return bot?.adminUrl ?? '';
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
        await Promise.all([proxy.stop(), clock.stop()]);
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
    becomeAll: async (wanted) => {
      role = wanted;
      const others = () => all.filter(({ startedAs }) => startedAs !== role);
      while (others().length > 0) {
        for (const each of others()) each.strike(0);
        // One that is just about to start in its old role is struck once it is ready.
        await slack.changes.until(
          () => others().length === 0 || others().some(({ isReady }) => isReady),
          'a new life',
          60_000,
        );
      }
    },
    stop: async () => {
      isOver = true;
      return Promise.all(all.map(async (each) => each.stop()));
    },
  };
}
