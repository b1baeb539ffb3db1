import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { cardName } from '../../domain/cards/kinds.ts';
import type { Looks } from '../../ports/looks.ts';
import { looksKey, lookTurnKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import { milliseconds } from '../record/time.ts';
import { release } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';

export function redisLooks({ redis }: { readonly redis: Redis }): Looks {
  const commit = redisCommit(redis);
  const nowMs = async () => milliseconds(await reach(redis.time()));
  return {
    begin: async (forMs) => {
      const turn = randomUUID();
      return (await reach(redis.set(lookTurnKey, turn, 'PX', forMs, 'NX'))) === 'OK' ? turn : undefined;
    },
    end: async (turn) => void (await commit([], [release(lookTurnKey, turn)])),
    ages: async (keys) => {
      const names = keys.map((key) => cardName(key));
      const found = await reach(redis.zrange(looksKey, '0', '-1', 'WITHSCORES'));
      const now = await nowMs();
      const looked = new Map<string, number>();
      for (let index = 0; index + 1 < found.length; index += 2) {
        looked.set(found[index] ?? '', Number(found[index + 1]));
      }
      const wanted = new Set(names);
      const others = [...looked.keys()].filter((name) => !wanted.has(name));
      if (others.length > 0) await reach(redis.zrem(looksKey, ...others));
      return names.map((name) => {
        const at = looked.get(name);
        // Redis' clock may have been put back.
        return at === undefined || at > now ? undefined : now - at;
      });
    },
    note: async (key) => void (await reach(redis.zadd(looksKey, await nowMs(), cardName(key)))),
  };
}
