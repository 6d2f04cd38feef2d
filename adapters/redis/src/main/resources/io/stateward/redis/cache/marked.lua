-- The marks of tags and prefixes: a sorted set of their numbers, and in the meta how many there
-- are, as a Redis that evicts may take them away.

-- Makes sure that they are there: what marks that are lost said is then said of everything, which
-- costs loads and is never wrong.
local function sound(marks)
  local count = cleared(redis.pcall('ZCARD', marks), marks) or 0
  if count ~= tonumber(meta.marks) then
    redis.call('DEL', marks)
    meta.all, meta.marks = meta.number, '0'
    write()
  end
end
