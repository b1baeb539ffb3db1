import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Policies } from '../../ports/policies.ts';
import { policiesKey, policyNotedKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';
import { milliseconds } from '../record/time.ts';

/** A replica notes its policy every few seconds; a killed one stops counting after this. */
const livesForMs = 20_000;

const noted = z.record(z.string(), z.string());

export function redisPolicies({ redis }: { readonly redis: Redis }): Policies {
  return {
    note: async (replica, digest) => {
      const now = Math.floor(milliseconds(await reach(redis.time())));
      const [, , , live, digests] = await reachAll(
        redis
          .multi()
          .hset(policiesKey, replica, digest)
          .zadd(policyNotedKey, now, replica)
          .zremrangebyscore(policyNotedKey, 0, String(now - livesForMs))
          .zrange(policyNotedKey, '0', '-1')
          .hgetall(policiesKey),
      );
      const known = new Map(Object.entries(noted.parse(digests)));
      const alive = Array.isArray(live) ? live.map(String) : [];
      const dead = [...known.keys()].filter((one) => !alive.includes(one));
      if (dead.length > 0) await reach(redis.hdel(policiesKey, ...dead));
      return alive.map((one) => ({ replica: one, digest: known.get(one) ?? '' }));
    },
    leave: async (replica) => {
      await reachAll(redis.multi().zrem(policyNotedKey, replica).hdel(policiesKey, replica));
    },
  };
}
