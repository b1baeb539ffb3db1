import type { Redis } from 'ioredis';
import type { Purpose } from '../../domain/people/freshness.ts';
import { askedKey } from '../record/keys.ts';
import { reachAll } from '../record/reach.ts';

/** How often a minute Slack answers: https://docs.slack.dev/apis/web-api/rate-limits */
export const budgets = {
  'usergroups.users.list': 20,
  'users.info': 100,
  'users.lookupByEmail': 50,
} as const satisfies Readonly<Record<string, number>>;

const minuteMs = 60_000;

/** A third of it is kept for decisions: mere looks ask nothing any more once the rest is used up. */
export function askingBudget(redis: Redis) {
  return async (method: keyof typeof budgets, purpose: Purpose): Promise<boolean> => {
    const key = askedKey(method);
    const [, count] = await reachAll(redis.multi().set(key, 0, 'PX', minuteMs, 'NX').incr(key));
    return purpose === 'deciding' || Number(count) <= Math.floor((budgets[method] * 2) / 3);
  };
}
