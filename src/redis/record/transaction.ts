import type { Redis, Result } from 'ioredis';
import type { Saved } from '../../ports/saved.ts';
import { marked, markOfStep, RepeatedDelivery } from './delivery-mark.ts';
import { reach } from './reach.ts';
import { encode, schemaOf } from './record.ts';

/** What must hold at the moment of the write, or nothing is written. */
export interface Condition {
  readonly check:
    'version' | 'free' | 'field' | 'member' | 'no-member' | 'scored' | 'value' | 'room' | 'unmarked';
  readonly key: string;
  readonly value: string | number;
  readonly after?: number;
  readonly upTo?: number;
}

/** A Redis command whose keys come first, or one of the script's own. */
export interface Effect {
  readonly command: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

export interface Change {
  readonly conditions: readonly Condition[];
  readonly effects: readonly Effect[];
}

/** The record is at this version; 0: there is none. */
export function atVersion(key: string, version: number): Condition {
  return { check: 'version', key, value: version };
}

export function isFree(key: string): Condition {
  return { check: 'free', key, value: '' };
}

export function hasField(key: string, field: string): Condition {
  return { check: 'field', key, value: field };
}

/** The key holds this text. */
export function holds(key: string, value: string): Condition {
  return { check: 'value', key, value };
}

/** Of a sorted set. */
export function hasMember(key: string, member: string): Condition {
  return { check: 'member', key, value: member };
}

export function lacksMember(key: string, member: string): Condition {
  return { check: 'no-member', key, value: member };
}

/** Of a sorted set: a member whose score is within these bounds, which are part of it. */
export function scoredFrom(key: string, member: string, from: number, upTo: number): Condition {
  return { check: 'scored', key, value: member, after: from, upTo };
}

/** Fewer than so many groups of a sorted set score later than that; what stands before its slash is a member's group. */
export function hasRoom(key: string, fewerThan: number, after: number): Condition {
  return { check: 'room', key, value: fewerThan, after };
}

export function effect(command: string, key: string, ...args: readonly (string | number)[]): Effect {
  return { command, keys: [key], args: args.map(String) };
}

interface Versioned {
  readonly version: number;
  readonly others?: readonly unknown[];
}

/** Stores a record that `atVersion` can compare; for ever, or for `keepMs` from now. */
export function put(key: string, record: Versioned, keepMs?: number): Effect {
  return effect(
    'SET',
    key,
    encode(record, schemaOf(record)),
    ...(keepMs === undefined ? [] : ['PX', keepMs]),
  );
}

/** Stores a record in the place of another, for as long as that would have been kept. */
export function replace(key: string, record: Versioned): Effect {
  return effect('SET', key, encode(record, schemaOf(record)), 'KEEPTTL');
}

/** Due at this moment, unless it is due earlier already. */
export function dueBy(dueKey: string, member: string, at: number): Effect {
  return effect('dueBy', dueKey, member, at);
}

/**
 * Takes a card that shows this version off the list of what is due; where its subject has moved on, the card is due at
 * once. The version of a subject of several records is the sum of theirs.
 */
export function dueUnlessShown(
  dueKey: string,
  subjectKeys: readonly string[],
  member: string,
  shown: number,
): Effect {
  return { command: 'dueUnlessShown', keys: [dueKey, ...subjectKeys], args: [member, String(shown)] };
}

/** The key lives no longer than the other one. */
export function expireWith(key: string, otherKey: string): Effect {
  return { command: 'expireWith', keys: [key, otherKey], args: [] };
}

/** Kept for so long from now on, unless its time runs already. */
export function expireFrom(key: string, forMs: number): Effect {
  return effect('expireFrom', key, forMs);
}

/** Kept for so long from now on at least. */
export function outlive(key: string, forMs: number): Effect {
  return effect('outlive', key, forMs);
}

/** Appends to a stream, once what was appended before `oldestAt` has begun to go. */
export function append(key: string, text: string, oldestAt: number): Effect {
  return effect('append', key, text, Math.max(0, oldestAt));
}

/** Deletes the key if it still holds this value. */
export function release(key: string, value: string): Effect {
  return effect('release', key, value);
}

// Everything is checked before anything is written: a script is not rolled back.
const lua = `
local plan = cjson.decode(ARGV[1])

local function version(key)
  local record = redis.call('GET', key)
  return record and cjson.decode(record).version or 0
end

local checks = {
  version = function(key, wanted) return version(key) == wanted end,
  free = function(key) return redis.call('EXISTS', key) == 0 end,
  field = function(key, field) return redis.call('HEXISTS', key, field) == 1 end,
  value = function(key, wanted) return redis.call('GET', key) == wanted end,
  unmarked = function(key, run)
    local by = redis.call('HGET', key, 'by')
    return not by or by == run
  end,
  member = function(key, member) return redis.call('ZSCORE', key, member) ~= false end,
  ['no-member'] = function(key, member) return redis.call('ZSCORE', key, member) == false end,
  scored = function(key, member, from, up_to)
    local score = tonumber(redis.call('ZSCORE', key, member) or '')
    return score ~= nil and score >= from and score <= up_to
  end,
  room = function(key, most, after)
    local groups, count = {}, 0
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', key, '(' .. string.format('%.0f', after), '+inf')) do
      local group = string.match(member, '^[^/]*')
      if not groups[group] then count = count + 1 end
      groups[group] = true
    end
    return count < most
  end,
}

local commands = {
  dueBy = function(due, member, at)
    local before = redis.call('ZSCORE', due, member)
    if not before or tonumber(at) < tonumber(before) then redis.call('ZADD', due, at, member) end
  end,
  dueUnlessShown = function(due, ...)
    local subjects = {...}
    local shown = tonumber(table.remove(subjects))
    local member = table.remove(subjects)
    local current = 0
    for _, subject in ipairs(subjects) do current = current + version(subject) end
    if current > shown then
      redis.call('ZADD', due, 0, member)
    else
      redis.call('ZREM', due, member)
    end
  end,
  expireWith = function(key, other)
    local left = redis.call('PTTL', other)
    if left > 0 then redis.call('PEXPIRE', key, left) end
  end,
  expireFrom = function(key, ms)
    if redis.call('PTTL', key) == -1 then redis.call('PEXPIRE', key, ms) end
  end,
  outlive = function(key, ms)
    local left = redis.call('PTTL', key)
    if left < tonumber(ms) then redis.call('PEXPIRE', key, ms) end
  end,
  append = function(stream, text, oldest)
    for _, entry in ipairs(redis.call('XRANGE', stream, '-', oldest, 'COUNT', 10)) do
      redis.call('XDEL', stream, entry[1])
    end
    redis.call('XADD', stream, '*', 'entry', text)
  end,
  release = function(key, value)
    if redis.call('GET', key) == value then redis.call('DEL', key) end
  end,
}

for _, condition in ipairs(plan.conditions) do
  if not checks[condition.check](condition.key, condition.value, condition.after, condition.upTo) then
    return condition.check == 'unmarked' and 'repeated' or 'conflict'
  end
end
for _, effect in ipairs(plan.effects) do
  local own = commands[effect[1]]
  if own then
    own(unpack(effect, 2))
  else
    redis.call(unpack(effect))
  end
end
return 'saved'
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    bastionCommit(numberOfKeys: number, ...keysAndPlan: string[]): Result<Saved | 'repeated', Context>;
  }
}

export type Commit = (conditions: readonly Condition[], effects: readonly Effect[]) => Promise<Saved>;

/**
 * Writes all of it in one step where every condition holds, and nothing where one does not. Throws `RepeatedDelivery`
 * where another run of the same delivery was first.
 */
export function redisCommit(redis: Redis): Commit {
  redis.defineCommand('bastionCommit', { lua });
  return async (wanted, changes) => {
    const mark = markOfStep(changes.map(({ command }) => command));
    const step = mark ? marked(mark) : { conditions: [], effects: [] };
    // Before the others: to a copy it looks as if somebody had been faster.
    const conditions = [...step.conditions, ...wanted];
    const effects = [...changes, ...step.effects];
    const keys = new Set([...conditions.map(({ key }) => key), ...effects.flatMap((each) => each.keys)]);
    const plan = JSON.stringify({
      conditions,
      effects: effects.map(({ command, keys, args }) => [command, ...keys, ...args]),
    });
    const saved = await reach(redis.bastionCommit(keys.size, ...keys, plan));
    if (saved === 'repeated') throw new RepeatedDelivery('another run of this delivery was first');
    return saved;
  };
}
