-- The lease and the intents of a key: a hash of 'lease' -> epoch, token and end, and of each
-- intent's token -> end.

-- What is not over by now, and of this epoch if it is the lease.
local function claimed(key, epoch)
  local found = { now = millis(), key = key, epoch = epoch, count = 0, intents = {} }
  local all = cleared(redis.pcall('HGETALL', key), key) or {}
  for i = 1, #all, 2 do
    local name, value = all[i], all[i + 1]
    if name == 'lease' then
      local over = tonumber(string.sub(value, 49)) or 0
      if over > found.now and string.sub(value, 1, 16) == epoch then
        found.lease, found.over = string.sub(value, 17, 48), over
      end
    elseif (tonumber(value) or 0) > found.now then
      found.intents[name] = tonumber(value)
      found.count = found.count + 1
    else
      redis.call('HDEL', key, name)
    end
  end
  return found
end

local function lease(found, token, over)
  found.lease, found.over = token, over
  redis.call('HSET', found.key, 'lease', found.epoch .. token .. text(over))
end

local function unlease(found)
  found.lease, found.over = nil, nil
  redis.call('HDEL', found.key, 'lease')
end

-- Lets the hash live as long as what is in it.
local function expire(found)
  local last = found.over or 0
  for _, over in pairs(found.intents) do
    last = math.max(last, over)
  end
  if last > 0 then
    redis.call('PEXPIRE', found.key, text(last - found.now + 1))
  end
end

-- Versions are texts of 19 digits, as a number here has but 53 bits; '' is none.
local function refused(fence, version)
  local least = version ~= '' and cleared(redis.pcall('GET', fence), fence)
  return least and version < least
end

local function raise(fence, version, limit)
  if version == '' or refused(fence, version) then
    return
  end
  local left = math.max(redis.call('PTTL', fence), tonumber(limit))
  redis.call('SET', fence, version, 'PX', text(left))
end
