import type { Redis } from 'ioredis';
import { laneKey } from '../../src/redis/record/keys.ts';
import type { Chance } from './chance.ts';
import { alerts, approvals } from './stage.ts';

const lanes = ['edits', `posts:${alerts}`, `posts:${approvals}`].map((lane) => `${laneKey(lane)}:waiting`);
const mostWaiting = 8;

/** Whoever acts lets Slack catch up first: what is done faster than it takes cards piles up by right. */
export function atPaceOfSlack(chance: Chance, redis: Redis): Chance {
  const isBehind = async () => {
    const waiting = await Promise.all(lanes.map(async (lane) => redis.zcard(lane)));
    return waiting.reduce((sum, each) => sum + each, 0) > mostWaiting;
  };
  return {
    ...chance,
    pause: async (leastMs, mostMs, signal) => {
      await chance.pause(leastMs, mostMs, signal);
      while (!isOver(signal) && (await isBehind())) await chance.pause(leastMs, mostMs, signal);
    },
  };
}

function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
