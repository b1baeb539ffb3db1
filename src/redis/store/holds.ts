import type { Redis } from 'ioredis';
import type { Holds } from '../../ports/holds.ts';
import { holdKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

export function redisHolds({ redis }: { readonly redis: Redis }): Holds {
  return {
    hold: async (subscriptionId, forMs) => {
      if (forMs > 0) await reach(redis.set(holdKey(subscriptionId), '', 'PX', Math.ceil(forMs)));
    },
    leftMs: async (subscriptionId) => Math.max(0, await reach(redis.pttl(holdKey(subscriptionId)))),
  };
}
