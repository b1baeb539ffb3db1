import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Homes } from '../../ports/homes.ts';
import { homePictureKey, homesKey, homeTurnKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';

const rememberedMs = 3_600_000;

export function redisHomes({ redis }: { readonly redis: Redis }): Homes {
  return {
    opened: async (user, at) => {
      await reachAll(
        redis
          .multi()
          .zadd(homesKey, at, user)
          .zremrangebyscore(homesKey, '-inf', at - rememberedMs)
          .pexpire(homesKey, rememberedMs)
          .del(homePictureKey(user)),
      );
    },
    openedSince: async (since) => reach(redis.zrangebyscore(homesKey, since, '+inf')),
    takeTurn: async (user, picture, forMs) => {
      if ((await reach(redis.get(homePictureKey(user)))) === digest(picture)) return false;
      return (await reach(redis.set(homeTurnKey(user), '1', 'PX', forMs, 'NX'))) !== null;
    },
    shows: async (user, picture, forMs) => {
      await reach(redis.set(homePictureKey(user), digest(picture), 'PX', forMs));
    },
  };
}

function digest(picture: string): string {
  return createHash('sha256').update(picture).digest('base64');
}
