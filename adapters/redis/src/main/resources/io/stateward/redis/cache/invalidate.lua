-- KEYS: meta, entry, claims, fence, log. ARGV: form, key, length of the log, how exactly, version,
-- life of the fence.
local epoch = head()
if not epoch then
  return { '?' }
end
local found = claimed(KEYS[3], epoch)
redis.call('DEL', KEYS[2])
unlease(found)
expire(found)
raise(KEYS[4], ARGV[5], ARGV[6])
return { 'head', epoch, append(KEYS[5], ARGV[3], ARGV[4], 'k', ARGV[2], ARGV[5]) }
