-- KEYS: meta. ARGV: form.
local epoch, number = head()
if not epoch then
  return { '?' }
end
return { 'head', epoch, number }
