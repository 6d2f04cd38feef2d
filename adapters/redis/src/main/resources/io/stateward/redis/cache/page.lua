-- KEYS: meta, log. ARGV: form, epoch and number that are known, how many are wanted.
local epoch, number = head()
if not epoch then
  return { '?' }
end
local after = tonumber(ARGV[3])
if ARGV[2] ~= epoch or after > tonumber(number) then
  return { 'missing', epoch, number }
end
local first = text(after + 1) .. '-0'
local entries = redis.call('XRANGE', KEYS[2], first, '+', 'COUNT', ARGV[4])
if after < tonumber(number) and (#entries == 0 or entries[1][1] ~= first) then
  return { 'missing', epoch, number }
end
local answer = { 'page', epoch, number }
for _, entry in ipairs(entries) do
  local fields = entry[2]
  answer[#answer + 1] = fields[1]
  answer[#answer + 1] = fields[2]
  answer[#answer + 1] = fields[4] or ''
end
return answer
