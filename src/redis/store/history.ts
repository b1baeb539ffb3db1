import type { Redis } from 'ioredis';
import type { PastSession } from '../../domain/history/past-session.ts';
import type { History } from '../../ports/history.ts';
import type { Log } from '../../ports/log.ts';
import { historyKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import { decode, encode, readableOnly } from '../record/record.ts';
import { pastSessionShape } from '../record/shapes/history.ts';
import type { Effect } from '../record/transaction.ts';
import { effect } from '../record/transaction.ts';

export function redisHistory({ redis, log }: { readonly redis: Redis; readonly log: Log }): History {
  return {
    closedSince: async (since, atMost) => {
      const texts = await reach(redis.zrevrangebyscore(historyKey, '+inf', since, 'LIMIT', 0, atMost));
      return readableOnly(texts, (text) => decode(historyKey, pastSessionShape, text), log);
    },
  };
}

/** Remembers sessions that were closed together, and forgets those that were longer ago than `keepMs`. */
export function rememberEnded(ended: readonly PastSession[], keepMs: number): readonly Effect[] {
  const [latest] = ended;
  if (!latest) return [];
  return [
    ...ended.map((past) => effect('ZADD', historyKey, past.closedAt, encode(past))),
    effect('ZREMRANGEBYSCORE', historyKey, '-inf', `(${latest.closedAt - keepMs}`),
    effect('PEXPIRE', historyKey, keepMs),
  ];
}
