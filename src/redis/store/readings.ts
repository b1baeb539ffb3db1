import { randomUUID } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import type { HostId } from '../../domain/hosts/host.ts';
import type { Readings } from '../../ports/readings.ts';
import { readingCounterKey, turnKey, underWayKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

// Time is Redis' own: the clocks of replicas differ.
const nowLua = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const beginLua = `
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
${nowLua}
redis.call('ZADD', KEYS[3], now, ARGV[3])
return redis.call('INCR', KEYS[2])
`;

const keepLua = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
`;

const endLua = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
`;

const overdueLua = `
${nowLua}
local begun = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1], 'WITHSCORES')
for index = 2, #begun, 2 do begun[index] = tostring(now - begun[index]) end
return begun
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionBeginReading(
      turnKey: string,
      counterKey: string,
      underWayKey: string,
      turn: string,
      forMs: number,
      hostId: HostId,
    ): Result<number, Context>;
    bastionKeepReading(turnKey: string, turn: string, forMs: number): Result<null, Context>;
    bastionEndReading(
      turnKey: string,
      underWayKey: string,
      turn: string,
      hostId: HostId,
    ): Result<null, Context>;
    bastionOverdueReadings(underWayKey: string, afterMs: number): Result<string[], Context>;
  }
}

const leastKeepMs = 1000;

export function redisReadings({ redis }: { readonly redis: Redis }): Readings {
  redis.defineCommand('bastionBeginReading', { lua: beginLua, numberOfKeys: 3 });
  redis.defineCommand('bastionKeepReading', { lua: keepLua, numberOfKeys: 1 });
  redis.defineCommand('bastionEndReading', { lua: endLua, numberOfKeys: 2 });
  redis.defineCommand('bastionOverdueReadings', { lua: overdueLua, numberOfKeys: 1 });
  const keepers = new Map<string, NodeJS.Timeout>();

  /** A turn that cannot be kept is lost, and then the counter sees to it that the newer reading wins. */
  const keep = (hostId: HostId, turn: string, forMs: number) => {
    const keeping = () => void redis.bastionKeepReading(turnKey(hostId), turn, forMs).catch(() => undefined);
    keepers.set(turn, setInterval(keeping, Math.max(leastKeepMs, forMs / 3)).unref());
  };

  return {
    begin: async (hostId, forMs) => {
      const turn = randomUUID();
      const counter = await reach(
        redis.bastionBeginReading(turnKey(hostId), readingCounterKey, underWayKey, turn, forMs, hostId),
      );
      if (counter === 0) return 'busy';
      keep(hostId, turn, forMs);
      return { counter, turn };
    },
    end: async (hostId, turn) => {
      clearInterval(keepers.get(turn));
      keepers.delete(turn);
      await reach(redis.bastionEndReading(turnKey(hostId), underWayKey, turn, hostId));
    },
    overdue: async (afterMs) => {
      const found = await reach(redis.bastionOverdueReadings(underWayKey, afterMs));
      return found.flatMap((hostId, index) =>
        index % 2 === 0 ? [{ hostId, forMs: Number(found[index + 1]) }] : [],
      );
    },
  };
}
