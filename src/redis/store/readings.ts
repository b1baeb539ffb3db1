import { randomUUID } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import type { HostId } from '../../domain/hosts/host.ts';
import type { Readings } from '../../ports/readings.ts';
import { readingCounterKey, turnKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

const beginLua = `
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
return redis.call('INCR', KEYS[2])
`;

const keepLua = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
`;

const endLua = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionBeginReading(
      turnKey: string,
      counterKey: string,
      turn: string,
      forMs: number,
    ): Result<number, Context>;
    bastionKeepReading(turnKey: string, turn: string, forMs: number): Result<null, Context>;
    bastionEndReading(turnKey: string, turn: string): Result<null, Context>;
  }
}

const leastKeepMs = 1000;

export function redisReadings({ redis }: { readonly redis: Redis }): Readings {
  redis.defineCommand('bastionBeginReading', { lua: beginLua, numberOfKeys: 2 });
  redis.defineCommand('bastionKeepReading', { lua: keepLua, numberOfKeys: 1 });
  redis.defineCommand('bastionEndReading', { lua: endLua, numberOfKeys: 1 });
  const keepers = new Map<string, NodeJS.Timeout>();

  /** A turn that cannot be kept is lost, and then the counter sees to it that the newer reading wins. */
  const keep = (hostId: HostId, turn: string, forMs: number) => {
    const keeping = () => void redis.bastionKeepReading(turnKey(hostId), turn, forMs).catch(() => undefined);
    keepers.set(turn, setInterval(keeping, Math.max(leastKeepMs, forMs / 3)).unref());
  };

  return {
    begin: async (hostId, forMs) => {
      const turn = randomUUID();
      const counter = await reach(redis.bastionBeginReading(turnKey(hostId), readingCounterKey, turn, forMs));
      if (counter === 0) return 'busy';
      keep(hostId, turn, forMs);
      return { counter, turn };
    },
    end: async (hostId, turn) => {
      clearInterval(keepers.get(turn));
      keepers.delete(turn);
      await reach(redis.bastionEndReading(turnKey(hostId), turn));
    },
  };
}
