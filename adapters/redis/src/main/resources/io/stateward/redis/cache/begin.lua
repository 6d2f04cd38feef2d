-- KEYS: meta, entry, claims, fence, log. ARGV: form, key, length of the log, how exactly, token,
-- limit.
local epoch = head()
if not epoch then
  return { '?' }
end
local found = claimed(KEYS[3], epoch)
local over = found.now + ARGV[6]
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[3], ARGV[5], text(over))
found.intents[ARGV[5]] = over
if found.count == 0 then
  lease(found, ARGV[5], over)
else
  unlease(found)
end
expire(found)
return { 'head', epoch, append(KEYS[5], ARGV[3], ARGV[4], 'k', ARGV[2], '') }
