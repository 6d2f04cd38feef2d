-- The marks of tags and prefixes: a sorted set of their numbers, and in the meta w, how many there
-- are, as a Redis that evicts may take them away.

-- Makes sure that they are there: what marks that are lost said is then said of everything, which
-- costs loads and is never wrong.
local function sound(marks)
  local count = cleared(redis.pcall('ZCARD', marks), marks) or 0
  if count ~= tonumber(redis.call('HGET', KEYS[1], 'w') or '0') then
    redis.call('DEL', marks)
    redis.call('HSET', KEYS[1], 'a', redis.call('HGET', KEYS[1], 'q'), 'w', '0')
  end
end
