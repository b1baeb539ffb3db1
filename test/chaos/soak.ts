import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { queueNames } from '../../src/jobs/payloads.ts';
import { chanceOf } from './chance.ts';
import { churn } from './churn.ts';
import type { Caps, Growth, Sample } from './judge-growth.ts';
import { judgeGrowth } from './judge-growth.ts';
import { newLedger } from './ledger.ts';
import { atPaceOfSlack } from './pace-of-slack.ts';
import { leftOpen, takeSample } from './sample.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { setStage } from './stage.ts';
import { live } from './story.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly hosts: number;
  readonly history: boolean;
  readonly tell: (line: string) => void;
}

export interface SoakResult {
  readonly growths: readonly Growth[];
  /** Whatever else was wrong. */
  readonly violations: readonly string[];
}

const sampleEveryMs = 30_000;
const leastSamples = 30;
const warmUpShare = 0.2;
const storytellers = 3;

/** BullMQ cuts what it tells of at a thousand, and whatever node of the stream that falls into stays whole. */
const caps: Caps = Object.fromEntries(
  Object.values(queueNames).flatMap((name) => [
    [`${name}:events`, 1200],
    [`${name}:failed`, 1000],
  ]),
);

/** A busy life without accidents, in which nothing may pile up. */
export async function playSoak({ seed, minutes, hosts, history, tell }: SoakOptions): Promise<SoakResult> {
  const stage = await setStage({ hosts, askers: 2 * storytellers, approvers: 4, history });
  const redis = new Redis(stage.redis.url.replace('unix://', ''));
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  const chanceFor = (actor: string) => atPaceOfSlack(chanceOf(seed, actor), redis);
  const askers = stage.askers.slice(0, storytellers);
  const lives = Promise.all([
    live({ ...stage, askers }, chanceFor('story'), newLedger(), stopped.signal),
    churn(stage, chanceFor, stage.askers.slice(storytellers), stopped.signal),
  ]);
  const lastsMs = minutes * 60_000;
  const everyMs = Math.min(sampleEveryMs, lastsMs / leastSamples);
  const begunAt = performance.now();
  const samples: Sample[] = [];
  while (performance.now() - begunAt < lastsMs) {
    await delay(everyMs);
    const sample = await takeSample(stage, redis);
    if (performance.now() - begunAt > warmUpShare * lastsMs) samples.push(sample);
    tell(line((performance.now() - begunAt) / 1000, sample));
  }
  stopped.abort();
  await lives;
  const left = await leftBehind(stage, redis);
  redis.disconnect();
  const { endedByThemselves, log } = stage.replicas;
  const codes = await stage.stop();
  return {
    growths: judgeGrowth(samples, caps),
    violations: [
      ...left,
      ...endedByThemselves.map((how) => `a replica ended ${how}`),
      ...codes.filter((code) => code !== 0).map((code) => `a replica stopped with ${String(code)}`),
      ...log.filter(({ msg }) => msg.startsWith('nobody caught')).map((each) => JSON.stringify(each)),
    ],
  };
}

/** What has no end although everything has ended. */
async function leftBehind(stage: Stage, redis: Redis): Promise<readonly string[]> {
  for (const host of stage.hosts) {
    host.behaveNormally();
    for (const { id } of host.sessions()) host.endSession(id);
  }
  if ((await settle(stage, redis)) === undefined) return ['not settled'];
  return Object.entries(await leftOpen(redis)).map(
    ([family, keys]) => `left without TTL: ${keys.length} of ${family}, e.g. ${keys.slice(0, 3).join(', ')}`,
  );
}

function line(seconds: number, { openSessions, lasting, members, passing, residentBytes }: Sample): string {
  const total = (counts: Sample['lasting']) => Object.values(counts).reduce((sum, each) => sum + each, 0);
  const resident = Object.values(residentBytes).map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`);
  return `${Math.round(seconds)} s: ${openSessions} sessions, ${total(lasting)} keys without TTL, ${total(members)} members, ${total(passing)} keys with TTL, ${resident.join(' and ')}`;
}

export function table(growths: readonly Growth[]): readonly string[] {
  const row = (cells: readonly string[], note: string) =>
    `${(cells[0] ?? '').padEnd(44)}${cells
      .slice(1)
      .map((cell) => cell.padStart(10))
      .join('')}  ${note}`.trimEnd();
  return [
    row(['', 'first', 'last', 'at most'], ''),
    ...growths.map(({ what, family, first, last, most, grows }) => {
      const shown = (count?: number) =>
        count === undefined ? '' : what === 'RSS' ? `${Math.round(count / 2 ** 20)} MB` : count.toFixed(1);
      return row([`${what}: ${family}`, shown(first), shown(last), shown(most)], grows ? 'GROWS' : '');
    }),
  ];
}
