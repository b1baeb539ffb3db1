import type { Redis, Result } from 'ioredis';
import type { Urgency } from '../../domain/cards/content.ts';
import type { Lane, Pace } from '../../ports/rate-limiter.ts';
import { laneKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

/** https://docs.slack.dev/apis/web-api/rate-limits: one post a second, and at least 50 edits a minute of all together. */
const posts = { everyMs: 1000, atOnce: 1 };
const edits = { everyMs: 1500, atOnce: 10 };
/** https://docs.slack.dev/reference/methods/chat.getPermalink: "hundreds of requests per minute"; these are 250. */
const looks = { everyMs: 240, atOnce: 1 };

const rank: Readonly<Record<Urgency, number>> = { decision: 0, worsening: 1, ending: 2, upkeep: 3 };

// Time is Redis' own: the clocks of replicas differ. A waiting card that does not come back when its turn has come
// has been delivered otherwise or has died, and is passed over.
const shared = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const takeLua = `${shared}
local lane, waiting = KEYS[1], KEYS[2]
local every, at_once, card, rank, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), 3000
local used_until = tonumber(redis.call('GET', lane) or '0')
local free_at = used_until - (at_once - 1) * every
redis.call('ZADD', waiting, 'NX', rank * 1e14 + now, card)
local ahead = redis.call('ZRANK', waiting, card)
if now >= free_at and (ahead == 0 or now >= free_at + patience) then
  redis.call('ZREMRANGEBYRANK', waiting, 0, ahead)
  local used = math.max(now, used_until) + every
  redis.call('SET', lane, used, 'PX', used - now + every)
  return 0
end
redis.call('PEXPIRE', waiting, 600000)
return math.max(free_at - now, 0) + math.max(ahead * every, 1)
`;

const closeLua = `${shared}
local until_then = now + tonumber(ARGV[1]) + tonumber(ARGV[2])
if until_then > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], until_then, 'PX', until_then - now)
end
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionTakeLane(
      lane: string,
      waiting: string,
      everyMs: number,
      atOnce: number,
      card: string,
      rank: number,
    ): Result<number, Context>;
    bastionCloseLane(lane: string, forMs: number, burstMs: number): Result<null, Context>;
  }
}

export function redisPace({ redis }: { readonly redis: Redis }): Pace {
  redis.defineCommand('bastionTakeLane', { lua: takeLua, numberOfKeys: 2 });
  redis.defineCommand('bastionCloseLane', { lua: closeLua, numberOfKeys: 1 });
  return {
    take: async (lane, card, urgency) => {
      const { everyMs, atOnce } = rateOf(lane);
      const key = laneKey(nameOf(lane));
      return reach(redis.bastionTakeLane(key, `${key}:waiting`, everyMs, atOnce, card, rank[urgency]));
    },
    close: async (lane, forMs) => {
      const { everyMs, atOnce } = rateOf(lane);
      await reach(redis.bastionCloseLane(laneKey(nameOf(lane)), forMs, (atOnce - 1) * everyMs));
    },
  };
}

function rateOf(lane: Lane) {
  if (typeof lane !== 'string') return posts;
  return lane === 'edits' ? edits : looks;
}

function nameOf(lane: Lane): string {
  return typeof lane === 'string' ? lane : `posts:${lane.postsTo}`;
}
