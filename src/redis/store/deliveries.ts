import type { Redis } from 'ioredis';
import type { Deliveries } from '../../ports/deliveries.ts';
import { deliveryKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

/** Slack repeats what was not acknowledged for some six minutes. */
const rememberedForMs = 10 * 60_000;

export function redisDeliveries({ redis }: { readonly redis: Redis }): Deliveries {
  return {
    take: async (id) => (await reach(redis.set(deliveryKey(id), '', 'PX', rememberedForMs, 'NX'))) === 'OK',
  };
}
