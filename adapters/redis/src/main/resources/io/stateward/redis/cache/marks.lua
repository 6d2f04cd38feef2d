-- KEYS: meta, marks. ARGV: form.
local epoch, number = head()
if not epoch then
  return { '?' }
end
sound(KEYS[2])
local answer = { 'head', epoch, number, meta.all }
local marks = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
for i = 1, #marks do
  answer[4 + i] = marks[i]
end
return answer
