-- What every script begins with. KEYS[1] is the meta of a bucket: its epoch e, its number q, the
-- form f of the cache, and the history r of the server. ARGV[1] is the form of who asks.

-- The id of the replication history: another one whenever a server is restarted or promoted, so
-- that what it has may be older than what was known. None of a server that is a replica.
local function history()
  local told = redis.call('INFO', 'replication')
  if not string.find(told, 'role:master', 1, true) then
    return nil
  end
  return string.match(told, 'master_replid:(%w+)')
end

-- What others have put there in our place is nothing to us.
local function cleared(answer, key)
  if type(answer) == 'table' and answer.err then
    redis.call('DEL', key)
    return nil
  end
  return answer
end

local function believable(epoch, number)
  return epoch and #epoch == 16 and not string.find(epoch, '%X')
    and number and string.find(number, '^%d+$')
end

-- The epoch and the number of the bucket; nil if they are not to be believed.
local function head()
  local meta = cleared(redis.pcall('HMGET', KEYS[1], 'e', 'q', 'f', 'r'), KEYS[1]) or {}
  local present = history()
  if not believable(meta[1], meta[2]) or meta[3] ~= ARGV[1] or not present
      or meta[4] ~= present then
    return nil
  end
  return meta[1], meta[2]
end

local function millis()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function text(number)
  return string.format('%.0f', number)
end
