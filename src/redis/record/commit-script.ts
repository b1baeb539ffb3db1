// Everything is checked before anything is written: a script is not rolled back.
export const commitScript = `
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
