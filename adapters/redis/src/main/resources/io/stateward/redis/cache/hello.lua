-- KEYS: meta, log, marks. ARGV: form, another epoch, whether this bucket decides about the form.
read()
local present = history()
if not present then
  return redis.error_reply('READONLY This server is a replica.')
end
if ARGV[3] == '1' and meta.form and meta.form ~= ARGV[1] then
  return { 'other', meta.form }
end
if meta.epoch and meta.form == ARGV[1] and meta.history == present then
  return { 'head', meta.epoch, meta.number }
end
redis.call('DEL', KEYS[2], KEYS[3])
meta = { epoch = ARGV[2], number = '0', history = present, all = '0', marks = '0', form = ARGV[1] }
write()
return { 'head', meta.epoch, meta.number }
