import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { chanceOf } from './chance.ts';
import { killAway } from './kills.ts';
import { newLedger } from './ledger.ts';
import { settle, unsettled } from './settle.ts';
import { setStage } from './stage.ts';
import { live } from './story.ts';
import type { Upheaval } from './upheavals.ts';
import { bringUpheavals } from './upheavals.ts';
import type { Verdict } from './verdict.ts';
import { judgeStory } from './verdict.ts';
import type { WeatherName } from './weather.ts';
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
  /** How often each came. */
  readonly faults: ReadonlyMap<WeatherName | Upheaval, number>;
  readonly polls: number;
  /** As the bot saw them. */
  readonly faultyPolls: number;
}

/** So that there is something to break. */
const calmMs = 6000;

/** One story from an empty world to its verdict. */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const { seed, hosts, history, tell } = options;
  const stage = await setStage({ hosts, askers: 3, approvers: 4, history });
  const ledger = newLedger();
  const killsOver = new AbortController();
  const timer = setTimeout(() => killsOver.abort(), options.seconds * 1000);
  const stopped = new AbortController();
  // Every host has a weather of its own, and every person waits.
  setMaxListeners(0, stopped.signal, killsOver.signal);
  const spared = new Set<SimulatedHost>();
  const weather = bringWeather(stage, { seed, spared }, stopped.signal);
  const story = live(stage, chanceOf(seed, 'story'), ledger, stopped.signal);
  const upheavals = bringUpheavals(stage, { seed, ledger, spared }, killsOver.signal);
  await delay(calmMs);
  const struck = await killAway(stage, chanceOf(seed, 'kills'), options.kills, killsOver.signal);
  if (options.kills === 0) await delay(options.seconds * 1000);
  // A story that ends before anything was shown proves nothing.
  await stage.slack.changes
    .until(() => stage.slack.messages.length > 0, 'a message', calmMs)
    .catch(() => undefined);
  clearTimeout(timer);
  killsOver.abort();
  const upheaved = await upheavals;
  stopped.abort();
  const [weathered] = await Promise.all([weather, story]);
  const faults = new Map<WeatherName | Upheaval, number>([...weathered, ...upheaved.counts]);
  const kills = [...struck.values()].reduce((sum, each) => sum + each, 0);
  tell(
    `seed ${seed}: ${kills} kills, ${[...faults.values()].reduce((sum, each) => sum + each, 0)} faults; settling`,
  );

  const redis = new Redis(stage.redis.url.replace('unix://', ''));
  const settledMs = await settle(stage, redis);
  tell(`seed ${seed}: ${settledMs === undefined ? 'not settled' : `settled after ${settledMs} ms`}`);
  const left = settledMs === undefined ? await unsettled(redis) : [];
  const verdict = await judgeStory(stage, ledger, redis, history);
  redis.disconnect();
  const { log, endedByThemselves } = stage.replicas;
  const codes = await stage.stop();
  const violations = [
    ...verdict.violations,
    ...upheaved.violations,
    ...(settledMs === undefined ? [`not settled: ${left.join(', ')}`] : []),
    ...endedByThemselves.map((how) => `a replica ended ${how}`),
    ...codes.filter((code) => code !== 0).map((code) => `a replica stopped with ${String(code)}`),
    ...log.filter(({ msg }) => msg.startsWith('nobody caught')).map((line) => JSON.stringify(line)),
  ];
  const polls = stage.azure.requests.count(({ kind }) => kind === 'sessions');
  const faultyPolls = log.filter(({ msg }) => msg === 'could not rely on a reading').length;
  return { ...verdict, violations, kills, faults, polls, faultyPolls };
}
