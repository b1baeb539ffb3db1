import type { Redis } from 'ioredis';
import type { Purpose } from '../../domain/people/freshness.ts';
import { askedKey } from '../record/keys.ts';
import { reachAll } from '../record/reach.ts';

/** Answers of Slack a minute: https://docs.slack.dev/apis/web-api/rate-limits */
export const budgets = {
  'usergroups.users.list': 20,
  'users.info': 100,
  'users.lookupByEmail': 50,
} as const satisfies Readonly<Record<string, number>>;

const minuteMs = 60_000;

/** Keeps a third for decisions: looks ask nothing once the rest is used up. */
export function askingBudget(redis: Redis) {
  return async (method: keyof typeof budgets, purpose: Purpose): Promise<boolean> => {
    const key = askedKey(method);
    const [, count] = await reachAll(redis.multi().set(key, 0, 'PX', minuteMs, 'NX').incr(key));
    return purpose === 'deciding' || Number(count) <= Math.floor((budgets[method] * 2) / 3);
  };
}
