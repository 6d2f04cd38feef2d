-- KEYS: meta, log, marks. ARGV: form, length of the log, how exactly, what, name, how many marks.
local epoch = head()
if not epoch then
  return { '?' }
end
sound(KEYS[3])
local number = append(KEYS[2], ARGV[2], ARGV[3], ARGV[4], ARGV[5], '')
if ARGV[4] == 'a' then
  redis.call('HSET', KEYS[1], 'a', number)
  redis.call('DEL', KEYS[3])
  redis.call('HSET', KEYS[1], 'w', '0')
else
  redis.call('ZADD', KEYS[3], number, ARGV[4] .. ARGV[5])
  local count = redis.call('ZCARD', KEYS[3])
  if count > tonumber(ARGV[6]) then
    -- A mark of everything stands for the older half, which costs loads and is never wrong.
    local rank = math.floor(count / 2)
    local mark = redis.call('ZRANGE', KEYS[3], rank, rank, 'WITHSCORES')[2]
    redis.call('HSET', KEYS[1], 'a', mark)
    redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', mark)
  end
  redis.call('HSET', KEYS[1], 'w', redis.call('ZCARD', KEYS[3]))
end
return { 'head', epoch, number }
