import type { Redis, Result } from 'ioredis';
import type { Saved } from '../../ports/saved.ts';
import { commitScript } from './commit-script.ts';
import type { Condition } from './conditions.ts';
import { markOfRecord, RepeatedDelivery } from './delivery-mark.ts';
import type { Effect } from './effects.ts';
import { reach } from './reach.ts';

export interface Change {
  readonly conditions: readonly Condition[];
  readonly effects: readonly Effect[];
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionCommit(numberOfKeys: number, ...keysAndPlan: string[]): Result<Saved | 'repeated', Context>;
  }
}

export type Commit = (conditions: readonly Condition[], effects: readonly Effect[]) => Promise<Saved>;

/** Writes all where every condition holds, else nothing. Throws `RepeatedDelivery` where another run of the delivery was first. */
export function redisCommit(redis: Redis): Commit {
  redis.defineCommand('bastionCommit', { lua: commitScript });
  return async (wanted, changes) => {
    const isOnRecord = changes.some(({ command }) => command === 'append');
    const step = isOnRecord ? markOfRecord() : { conditions: [], effects: [] };
    // The mark comes first: else its own first run would look to a copy like another person who was faster.
    const conditions = [...step.conditions, ...wanted];
    const effects = [...changes, ...step.effects];
    const keys = new Set([...conditions.map(({ key }) => key), ...effects.flatMap((each) => each.keys)]);
    const plan = JSON.stringify({
      conditions,
      effects: effects.map(({ command, keys, args }) => [command, ...keys, ...args]),
    });
    const saved = await reach(redis.bastionCommit(keys.size, ...keys, plan));
    if (saved === 'repeated') throw new RepeatedDelivery('another run of this delivery was first');
    return saved;
  };
}
