import type { Redis, Result } from 'ioredis';
import type { Holds } from '../../ports/holds.ts';
import { holdKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

const holdLua = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '', 'PX', ARGV[1]) end
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionHold(holdKey: string, forMs: number): Result<null, Context>;
  }
}

export function redisHolds({ redis }: { readonly redis: Redis }): Holds {
  redis.defineCommand('bastionHold', { lua: holdLua, numberOfKeys: 1 });
  return {
    hold: async (subscriptionId, forMs) => {
      if (forMs > 0) await reach(redis.bastionHold(holdKey(subscriptionId), Math.ceil(forMs)));
    },
    leftMs: async (subscriptionId) => Math.max(0, await reach(redis.pttl(holdKey(subscriptionId)))),
  };
}
