-- KEYS: meta, entry, claims, fence. ARGV: form, token, kept, version, life of the fence, entry.
local epoch = head()
if not epoch then
  return { '?' }
end
local found = claimed(KEYS[3], epoch)
if found.lease ~= ARGV[2] then
  return { 'refused' }
end
unlease(found)
expire(found)
if found.count > 0 or refused(KEYS[4], ARGV[4]) then
  return { 'refused' }
end
raise(KEYS[4], ARGV[4], ARGV[5])
if ARGV[3] == '0' then
  redis.call('DEL', KEYS[2])
else
  redis.call('SET', KEYS[2], ARGV[6], 'PX', ARGV[3])
end
return { 'accepted' }
