import type { Redis, Result } from 'ioredis';
import { commandLimit } from '../../domain/people/haste.ts';
import type { Throttle } from '../../ports/throttle.ts';
import { commandsKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

// As `afterCommand` decides, by the clock of Redis.
const lua = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at_once, every = tonumber(ARGV[1]), tonumber(ARGV[2])
local used = math.max(tonumber(redis.call('GET', KEYS[1]) or '0') - now, 0)
if used > at_once * every then used = 0 end
if used > (at_once - 1) * every then return 0 end
redis.call('SET', KEYS[1], now + used + every, 'PX', used + every)
return 1
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionTakeCommand(key: string, atOnce: number, everyMs: number): Result<0 | 1, Context>;
  }
}

export function redisThrottle({ redis }: { readonly redis: Redis }): Throttle {
  redis.defineCommand('bastionTakeCommand', { lua, numberOfKeys: 1 });
  const { atOnce, everyMs } = commandLimit;
  return {
    takeCommand: async (person) =>
      (await reach(redis.bastionTakeCommand(commandsKey(person), atOnce, everyMs))) === 1,
  };
}
