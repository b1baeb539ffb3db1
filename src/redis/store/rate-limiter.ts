import type { Redis, Result } from 'ioredis';
import type { Urgency } from '../../domain/cards/urgency.ts';
import type { Lane, RateLimiter } from '../../ports/rate-limiter.ts';
import { laneKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

/** One post a second, at least 50 edits a minute of all together: https://docs.slack.dev/apis/web-api/rate-limits */
const posts = { everyMs: 1000, atOnce: 1 };
const edits = { everyMs: 1500, atOnce: 10 };
/** "hundreds of requests per minute", https://docs.slack.dev/reference/methods/chat.getPermalink; these are 250. */
const looks = { everyMs: 240, atOnce: 1 };

const rank: Readonly<Record<Urgency, number>> = { decision: 0, worsening: 1, ending: 2, upkeep: 3 };

// Time is Redis' own: the clocks of replicas differ. A card that misses its turn by `patience` went out otherwise, or its process died.
const shared = `
local patience = 3000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

// After a turn all cards of that person go to the end of the line: a next card waits for one at most of each other person.
const takeLua = `${shared}
local lane, waiting, owners = KEYS[1], KEYS[2], KEYS[3]
local every, at_once, card, rank, owner = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), ARGV[5]
local used_until = tonumber(redis.call('GET', lane) or '0')
local free_at = used_until - (at_once - 1) * every

local function owner_of()
  local all, of = redis.call('HGETALL', owners), {}
  for i = 1, #all, 2 do of[all[i]] = all[i + 1] end
  return of
end

local function to_the_end()
  local own = {}
  for each, of in pairs(owner_of()) do
    local score = of == owner and redis.call('ZSCORE', waiting, each)
    if score then own[#own + 1] = { card = each, score = tonumber(score) }
    elseif of == owner then redis.call('HDEL', owners, each) end
  end
  table.sort(own, function(a, b) return a.score < b.score or (a.score == b.score and a.card < b.card) end)
  for place, each in ipairs(own) do
    redis.call('ZADD', waiting, math.floor(each.score / 1e14) * 1e14 + now + place / 1000, each.card)
  end
end

local function turns_before(ahead)
  if ahead == 0 or redis.call('HLEN', owners) == 0 then return ahead end
  local of, own, others = owner_of(), 0, {}
  local turns = redis.call('ZCOUNT', waiting, '-inf', '(' .. rank * 1e14)
  for _, each in ipairs(redis.call('ZRANGE', waiting, turns, ahead - 1)) do
    local other = of[each]
    if not other then turns = turns + 1
    elseif other == owner then own = own + 1
    else others[other] = (others[other] or 0) + 1 end
  end
  for _, count in pairs(others) do turns = turns + math.min(count, own + 1) end
  return turns + own
end

redis.call('ZADD', waiting, 'NX', rank * 1e14 + now, card)
if owner ~= '' then redis.call('HSET', owners, card, owner) end
local ahead = redis.call('ZRANK', waiting, card)
if now >= free_at and (ahead == 0 or now >= free_at + patience) then
  for _, each in ipairs(redis.call('ZRANGE', waiting, 0, ahead)) do redis.call('HDEL', owners, each) end
  redis.call('ZREMRANGEBYRANK', waiting, 0, ahead)
  if owner ~= '' then to_the_end() end
  local used = math.max(now, used_until) + every
  redis.call('SET', lane, used, 'PX', used - now + patience)
  return 0
end
redis.call('PEXPIRE', waiting, 600000)
redis.call('PEXPIRE', owners, 600000)
return math.max(free_at - now, 0) + math.max(turns_before(ahead) * every, 1)
`;

const closeLua = `${shared}
local until_then = now + tonumber(ARGV[1]) + tonumber(ARGV[2])
if until_then > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], until_then, 'PX', until_then - now + patience)
end
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionTakeLane(
      lane: string,
      waiting: string,
      owners: string,
      everyMs: number,
      atOnce: number,
      card: string,
      rank: number,
      owner: string,
    ): Result<number, Context>;
    bastionCloseLane(lane: string, forMs: number, burstMs: number): Result<null, Context>;
  }
}

export function redisRateLimiter({ redis }: { readonly redis: Redis }): RateLimiter {
  redis.defineCommand('bastionTakeLane', { lua: takeLua, numberOfKeys: 3 });
  redis.defineCommand('bastionCloseLane', { lua: closeLua, numberOfKeys: 1 });
  return {
    take: async (lane, { card, urgency, of = '' }) => {
      const { everyMs, atOnce } = rateOf(lane);
      const key = laneKey(nameOf(lane));
      const line = [`${key}:waiting`, `${key}:owners`] as const;
      return reach(redis.bastionTakeLane(key, ...line, everyMs, atOnce, card, rank[urgency], of));
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
