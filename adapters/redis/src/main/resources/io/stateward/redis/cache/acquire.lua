-- KEYS: meta, entry, claims. ARGV: form, token, token of the unwanted entry, limit.
local epoch, number = head()
if not epoch then
  return { '?' }
end
local found = claimed(KEYS[3], epoch)
if found.count > 0 then
  return { 'writing' }
end
-- An entry begins with its wire version, its token, and its epoch.
local start = cleared(redis.pcall('GETRANGE', KEYS[2], 0, 48), KEYS[2])
if start and string.sub(start, 1, 1) == '1' and string.sub(start, 34) == epoch
    and string.sub(start, 2, 33) ~= ARGV[3] then
  return { 'filled', epoch, number, redis.call('PTTL', KEYS[2]), redis.call('GET', KEYS[2]) }
end
if found.lease then
  return { 'busy', text(found.over - found.now) }
end
lease(found, ARGV[2], found.now + ARGV[4])
expire(found)
return { 'leased', epoch, number }
