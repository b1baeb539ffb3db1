import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { redisStores } from '../../src/redis/store/stores.ts';
import { keepingLog } from '../support/log.ts';
import { chanceOf } from './chance.ts';
import { killAway } from './kills.ts';
import { newLedger } from './ledger.ts';
import type { Stage } from './stage.ts';
import { setStage } from './stage.ts';
import { live } from './story.ts';
import type { Verdict } from './verdict.ts';
import { judgeStory } from './verdict.ts';
import { bringWeather } from './weather.ts';

export interface RoundOptions {
  readonly seed: number;
  /** The story ends after so many, or after so long. */
  readonly kills: number;
  readonly seconds: number;
  readonly hosts: number;
  readonly history: boolean;
  readonly tell: (line: string) => void;
}

export interface RoundResult extends Verdict {
  readonly kills: number;
  readonly faults: number;
  readonly polls: number;
  /** As the bot saw them. */
  readonly faultyPolls: number;
}

/** So that there is something to break. */
const calmMs = 6000;
const settlesWithinMs = 150_000;

/** One story from an empty world to its verdict. */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const { seed, hosts, history, tell } = options;
  const stage = await setStage({ hosts, askers: 3, approvers: 4, history });
  const ledger = newLedger();
  const over = AbortSignal.timeout(options.seconds * 1000);
  const stopped = new AbortController();
  const signal = AbortSignal.any([over, stopped.signal]);
  // Every host has a weather of its own, and every person waits.
  setMaxListeners(0, signal);
  const weather = bringWeather(stage, seed, signal);
  const story = live(stage, chanceOf(seed, 'story'), ledger, signal);
  await delay(calmMs);
  const struck = await killAway(stage, chanceOf(seed, 'kills'), options.kills, signal);
  if (options.kills === 0) await delay(options.seconds * 1000);
  // A story that ends before anything was shown proves nothing.
  await stage.slack.changes
    .until(() => stage.slack.messages.length > 0, 'a message', calmMs)
    .catch(() => undefined);
  stopped.abort();
  const [faults] = await Promise.all([weather, story]);
  const kills = [...struck.values()].reduce((sum, each) => sum + each, 0);
  tell(`seed ${seed}: ${kills} kills, ${faults} faults; settling`);

  const redis = new Redis(stage.redis.url.replace('unix://', ''));
  const settledMs = await settle(stage, redis);
  tell(`seed ${seed}: ${settledMs === undefined ? 'not settled' : `settled after ${settledMs} ms`}`);
  const verdict = await judgeStory(stage, ledger, redis, history);
  redis.disconnect();
  const { log, endedByThemselves } = stage.replicas;
  const codes = await stage.stop();
  const violations = [
    ...verdict.violations,
    ...(settledMs === undefined ? ['not settled: something is due for ever'] : []),
    ...endedByThemselves.map((how) => `a replica ended ${how}`),
    ...codes.filter((code) => code !== 0).map((code) => `a replica stopped with ${String(code)}`),
    ...log.filter(({ msg }) => msg.startsWith('nobody caught')).map((line) => JSON.stringify(line)),
  ];
  const polls = stage.azure.requests.count(({ kind }) => kind === 'sessions');
  const faultyPolls = log.filter(({ msg }) => msg === 'could not rely on a reading').length;
  return { ...verdict, violations, kills, faults, polls, faultyPolls };
}

/** Until nothing is due any more and every post has its answer; undefined where that does not come. */
async function settle(stage: Stage, redis: Redis): Promise<number | undefined> {
  await stage.replicas.untilReady(2);
  const { cards, due } = redisStores({ redis, log: keepingLog().log });
  const begunAt = performance.now();
  const isQuiet = async () => {
    const names = await redis.keys('{bastion}:card:*');
    const posting = await Promise.all(
      names.map(async (name) => redis.get(name).then((text) => text?.includes('"posting":') === true)),
    );
    const isDue = (await due.by(Number.MAX_SAFE_INTEGER, 1)).length > 0;
    return !isDue && !posting.includes(true) && (await cards.inTrouble()).length === 0;
  };
  let quietSince: number | undefined;
  while (performance.now() - begunAt < settlesWithinMs) {
    const isStill = await isQuiet();
    quietSince = isStill ? (quietSince ?? performance.now()) : undefined;
    // Longer than two polls, so that whatever they see has become a card.
    if (quietSince !== undefined && performance.now() - quietSince > 5000) {
      return Math.round(quietSince - begunAt);
    }
    await delay(250);
  }
  return undefined;
}
