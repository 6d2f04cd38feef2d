-- KEYS: claims. ARGV: form, token. Whatever the epoch: a token is never given twice.
local value = cleared(redis.pcall('HGET', KEYS[1], 'lease'), KEYS[1])
if value and string.sub(value, 17, 48) == ARGV[2] then
  redis.call('HDEL', KEYS[1], 'lease')
end
return { 'released' }
