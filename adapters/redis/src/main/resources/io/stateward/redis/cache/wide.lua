-- KEYS: meta, log, marks. ARGV: form, length of the log, how exactly, what, name, how many marks.
local epoch = head()
if not epoch then
  return { '?' }
end
sound(KEYS[3])
local number = append(KEYS[2], ARGV[2], ARGV[3], ARGV[4], ARGV[5], '')
if ARGV[4] == 'a' then
  redis.call('DEL', KEYS[3])
  meta.all, meta.marks = number, '0'
else
  redis.call('ZADD', KEYS[3], number, ARGV[4] .. ARGV[5])
  local count = redis.call('ZCARD', KEYS[3])
  if count > tonumber(ARGV[6]) then
    -- A mark of everything stands for the older half, which costs loads and is never wrong.
    local rank = math.floor(count / 2)
    meta.all = text(redis.call('ZRANGE', KEYS[3], rank, rank, 'WITHSCORES')[2])
    redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', meta.all)
  end
  meta.marks = text(redis.call('ZCARD', KEYS[3]))
end
write()
return { 'head', epoch, number }
