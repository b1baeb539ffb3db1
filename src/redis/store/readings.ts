import { randomUUID } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import type { HostId } from '../../domain/hosts/host.ts';
import type { Readings } from '../../ports/readings.ts';
import { readingCounterKey, turnKey, underWayKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';
import { milliseconds } from '../record/time.ts';

// Time is Redis' own: the clocks of replicas differ.
const beginLua = `
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counter = redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[3], ARGV[3], string.format('%.0f %d', now, counter))
return counter
`;

const keepLua = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
`;

const endLua = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], ARGV[2])
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
  }
}

const leastKeepMs = 1000;

export function redisReadings({ redis }: { readonly redis: Redis }): Readings {
  redis.defineCommand('bastionBeginReading', { lua: beginLua, numberOfKeys: 3 });
  redis.defineCommand('bastionKeepReading', { lua: keepLua, numberOfKeys: 1 });
  redis.defineCommand('bastionEndReading', { lua: endLua, numberOfKeys: 2 });
  const keepers = new Map<string, NodeJS.Timeout>();

  /** A lost turn does no harm: the counter lets the newer reading win. */
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
      const [time, fields] = await reachAll(redis.pipeline().time().hgetall(underWayKey));
      const now = milliseconds(time);
      const overdue = Object.entries(fields ?? {})
        .map(([hostId, text]) => ({ hostId, begun: String(text).split(' ').map(Number) }))
        .map(({ hostId, begun: [at = now, counter = 0] }) => ({ hostId, counter, forMs: now - at }))
        .filter(({ forMs }) => forMs >= afterMs);
      if (overdue.length === 0) return [];
      const turns = await reachAll(
        overdue.reduce((step, { hostId }) => step.exists(turnKey(hostId)), redis.pipeline()),
      );
      // A dead process' turn runs out, and its reading ends with it.
      const ended = overdue.filter((_, index) => turns[index] !== 1).map(({ hostId }) => hostId);
      if (ended.length > 0) await reach(redis.hdel(underWayKey, ...ended));
      return overdue.filter((_, index) => turns[index] === 1);
    },
  };
}
