-- What every script begins with. KEYS[1] is the meta of a bucket, ARGV[1] is the form of who asks.
--
-- A meta is one string, so that one MGET reads the head with an entry, and so that nothing of it is
-- lost alone: epoch, number, history of the server, number up to which everything is invalid, how
-- many marks there are, form of the cache.

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

local function text(number)
  return string.format('%.0f', number)
end

-- The meta of the bucket; without an epoch if there is none to be believed.
local meta = {}

local function read()
  local all = cleared(redis.pcall('GET', KEYS[1]), KEYS[1]) or ''
  local epoch
  epoch, meta.number, meta.history, meta.all, meta.marks, meta.form =
    string.match(all, '^(%x+) (%d+) (%w+) (%d+) (%d+) (.*)$')
  meta.epoch = epoch and #epoch == 16 and #meta.number < 16 and epoch or nil -- a number has 53 bits
end

local function write()
  local parts = { meta.epoch, meta.number, meta.history, meta.all, meta.marks, meta.form }
  redis.call('SET', KEYS[1], table.concat(parts, ' '))
end

-- The epoch and the number of the bucket; nil if they are not to be believed.
local function head()
  read()
  if not meta.epoch or meta.form ~= ARGV[1] or meta.history ~= history() then
    return nil
  end
  return meta.epoch, meta.number
end

local function millis()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
