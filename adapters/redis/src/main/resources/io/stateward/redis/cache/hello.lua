-- KEYS: meta, log, marks. ARGV: form, another epoch, whether this bucket decides about the form.
local meta = cleared(redis.pcall('HMGET', KEYS[1], 'e', 'q', 'f', 'r'), KEYS[1]) or {}
local present = history()
if not present then
  return redis.error_reply('READONLY This server is a replica.')
end
if ARGV[3] == '1' and meta[3] and meta[3] ~= ARGV[1] then
  return { 'other', meta[3] }
end
if believable(meta[1], meta[2]) and meta[3] == ARGV[1] and meta[4] == present then
  return { 'head', meta[1], meta[2] }
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'e', ARGV[2], 'q', '0', 'f', ARGV[1], 'r', present)
return { 'head', ARGV[2], '0' }
