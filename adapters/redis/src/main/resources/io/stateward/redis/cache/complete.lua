-- KEYS: meta, entry, claims, fence, log. ARGV: form, key, length of the log, how exactly, token,
-- epoch, version, life of the fence, whether there is something to store, kept, the entry up to
-- its number, the entry from behind it.
local epoch = head()
if not epoch then
  return { '?' }
end
local found = claimed(KEYS[3], epoch)
local own = ARGV[9] == '1' and ARGV[6] == epoch and found.lease == ARGV[5]
    and found.intents[ARGV[5]] and found.count == 1 and not refused(KEYS[4], ARGV[7])
redis.call('HDEL', KEYS[3], ARGV[5])
found.intents[ARGV[5]] = nil
unlease(found)
expire(found)
raise(KEYS[4], ARGV[7], ARGV[8])
local number = append(KEYS[5], ARGV[3], ARGV[4], 'k', ARGV[2], ARGV[7])
if own and ARGV[10] ~= '0' then
  local value = ARGV[11] .. string.format('%016x', number) .. ARGV[12]
  redis.call('SET', KEYS[2], value, 'PX', ARGV[10])
else
  redis.call('DEL', KEYS[2])
end
return { own and 'stored' or 'dropped', epoch, number }
