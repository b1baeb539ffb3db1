import type { Redis, Result } from 'ioredis';
import { dueTurns, lastTurnToBeDue, overdueMs, turnTaken } from '../../domain/hosts/turns.ts';
import type { Turns } from '../../ports/turns.ts';
import { turnsKey, turnTakenKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';
import { milliseconds } from '../record/time.ts';

const moveLua = `
local turns, taken, host, before, after, now = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if tonumber(redis.call('ZSCORE', turns, host) or '') ~= tonumber(before) then return 0 end
redis.call('ZADD', turns, after, host)
redis.call('SET', taken, now)
return 1
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionMoveTurn(
      turnsKey: string,
      takenKey: string,
      host: string,
      before: number | '',
      after: number,
      now: number,
    ): Result<0 | 1, Context>;
  }
}

export function redisTurns({ redis }: { readonly redis: Redis }): Turns {
  redis.defineCommand('bastionMoveTurn', { lua: moveLua, numberOfKeys: 2 });

  const time = async () => milliseconds(await reach(redis.time()));

  return {
    due: async (everyMs, atMost) => {
      const { upTo, after } = dueTurns(everyMs, await time());
      const overdue = await reach(redis.zrangebyscore(turnsKey, '-inf', upTo, 'LIMIT', 0, atMost));
      const left = atMost - overdue.length;
      return left === 0
        ? overdue
        : [
            ...overdue,
            ...(await reach(redis.zrangebyscore(turnsKey, `(${after}`, '+inf', 'LIMIT', 0, left))),
          ];
    },
    take: async (hostId, everyMs) => {
      const [told, score] = await reachAll(redis.pipeline().time().zscore(turnsKey, hostId));
      const now = milliseconds(told);
      const lastFor = optionalNumber(score);
      const after = turnTaken({ hostId, lastFor, everyMs }, now);
      if (after === undefined) return false;
      const moved = redis.bastionMoveTurn(turnsKey, turnTakenKey, hostId, lastFor ?? '', after, now);
      return (await reach(moved)) === 1;
    },
    match: async (hostIds, everyMs) => {
      const now = await time();
      const known = new Set(await reach(redis.zrange(turnsKey, '0', '-1')));
      const wanted = new Set(hostIds);
      const step = redis.pipeline();
      for (const id of wanted) {
        if (!known.has(id)) step.zadd(turnsKey, 'NX', lastTurnToBeDue(now, everyMs, now), id);
      }
      for (const id of known) if (!wanted.has(id)) step.zrem(turnsKey, id);
      await reachAll(step);
    },
    dueAt: async (hostId, at, everyMs) => {
      await reach(redis.zadd(turnsKey, 'XX', lastTurnToBeDue(at, everyMs, await time()), hostId));
    },
    standing: async (everyMs) => {
      const at = await time();
      const { upTo, after } = dueTurns(everyMs, at);
      const [overdue, early, first, taken] = await reachAll(
        redis
          .pipeline()
          .zcount(turnsKey, '-inf', upTo)
          .zcount(turnsKey, `(${after}`, '+inf')
          .zrange(turnsKey, '0', '0', 'WITHSCORES')
          .get(turnTakenKey),
      );
      const lastFor = Array.isArray(first) ? optionalNumber(first[1]) : undefined;
      const lastTakenAt = optionalNumber(taken);
      return {
        at,
        lagMs: lastFor === undefined ? 0 : overdueMs(lastFor, everyMs, at),
        waiting: Number(overdue) + Number(early),
        ...(lastTakenAt !== undefined && { lastTakenAt }),
      };
    },
  };
}

function optionalNumber(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : Number(value);
}
