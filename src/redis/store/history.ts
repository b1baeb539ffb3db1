import type { Redis } from 'ioredis';
import type { PastSession } from '../../domain/history/past-session.ts';
import type { History } from '../../ports/history.ts';
import { historyKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import { encode } from '../record/record.ts';
import type { RedisRecords } from '../record/records.ts';
import { readableOnly } from '../record/records.ts';
import { pastSessionShape } from '../record/shapes/history.ts';
import type { Effect } from '../record/effects.ts';
import { hasMember } from '../record/conditions.ts';
import { effect } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';

export function redisHistory({
  redis,
  records,
}: {
  readonly redis: Redis;
  readonly records: RedisRecords;
}): History {
  const commit = redisCommit(redis);
  // The set stands for all: an entry has no name of its own.
  const placeOf = (member: string) => ({ key: historyKey, member, name: historyKey });
  const read = (texts: readonly string[]) =>
    readableOnly(texts, (text) => ({ text, past: records.decode(placeOf(text), pastSessionShape, text) }));
  const replace = async (before: string, past: PastSession) => {
    const text = encode(past);
    if (text === before) return;
    // Adds first: a set that was empty in between would lose its time to live.
    const effects = [effect('ZADD', historyKey, past.closedAt, text), effect('ZREM', historyKey, before)];
    await commit([hasMember(historyKey, before)], effects);
  };
  return {
    closedSince: async (since, atMost) => {
      const texts = await reach(redis.zrevrangebyscore(historyKey, '+inf', since, 'LIMIT', 0, atMost));
      return read(texts).map(({ past }) => past);
    },
    refine: async (refined) => {
      for (const closedAt of new Set(refined.map((past) => past.closedAt))) {
        const texts = await reach(redis.zrangebyscore(historyKey, closedAt, closedAt));
        const textOf = new Map(read(texts).map(({ past, text }) => [past.ref, text]));
        for (const past of refined.filter((one) => one.closedAt === closedAt)) {
          const before = textOf.get(past.ref);
          if (before !== undefined) await replace(before, past);
        }
      }
    },
  };
}

export function rememberEnded(ended: readonly PastSession[], keepMs: number): readonly Effect[] {
  const [latest] = ended;
  if (!latest) return [];
  return [
    ...ended.map((past) => effect('ZADD', historyKey, past.closedAt, encode(past))),
    effect('ZREMRANGEBYSCORE', historyKey, '-inf', `(${latest.closedAt - keepMs}`),
    effect('PEXPIRE', historyKey, keepMs),
  ];
}
