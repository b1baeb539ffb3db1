import type { Redis, Result } from 'ioredis';
import type { Requests } from '../../ports/requests.ts';
import { slotsKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

const hourMs = 3_600_000;

const lua = `
local taken, id, now, most, hour = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', taken, '-inf', now - hour)
if redis.call('ZSCORE', taken, id) then return 1 end
if redis.call('ZCARD', taken) >= most then return 0 end
redis.call('ZADD', taken, now, id)
redis.call('PEXPIRE', taken, hour)
return 1
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionTakeSlot(
      key: string,
      id: string,
      now: number,
      atMost: number,
      hourMs: number,
    ): Result<0 | 1, Context>;
  }
}

export function redisSlots(redis: Redis): Pick<Requests, 'takeSlot' | 'freeSlot'> {
  redis.defineCommand('bastionTakeSlot', { lua, numberOfKeys: 1 });
  return {
    takeSlot: async (requestId, maxPerHour, now) =>
      (await reach(redis.bastionTakeSlot(slotsKey, requestId, now, maxPerHour, hourMs))) === 1,
    freeSlot: async (requestId) => void (await reach(redis.zrem(slotsKey, requestId))),
  };
}
