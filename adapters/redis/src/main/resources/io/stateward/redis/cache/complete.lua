-- KEYS: meta, entry, claims, fence, log. ARGV: form, key, length of the log, how exactly, token,
-- version, life of the fence, whether there is something to store, kept, the entry up to
-- its number, the entry from behind it.
local epoch = head()
if not epoch then
  return { '?' }
end
local found = claimed(KEYS[3], epoch)
local own = ARGV[8] == '1' and found.lease == ARGV[5]
    and found.intents[ARGV[5]] and found.count == 1 and not refused(KEYS[4], ARGV[6])
redis.call('HDEL', KEYS[3], ARGV[5])
found.intents[ARGV[5]] = nil
unlease(found)
expire(found)
raise(KEYS[4], ARGV[6], ARGV[7])
local number = append(KEYS[5], ARGV[3], ARGV[4], 'k', ARGV[2], ARGV[6])
if own and ARGV[9] ~= '0' then
  local value = ARGV[10] .. string.format('%016x', number) .. ARGV[11]
  redis.call('SET', KEYS[2], value, 'PX', ARGV[9])
else
  redis.call('DEL', KEYS[2])
end
return { own and 'stored' or 'dropped', epoch, number }
