-- The log of a bucket: a stream whose ids are the numbers.

local function append(log, most, exactly, what, name, version)
  meta.number = text(meta.number + 1)
  write()
  local entry = { 'XADD', log, 'MAXLEN', exactly, most, meta.number .. '-0', what, name }
  if version ~= '' then
    entry[9], entry[10] = 'v', version
  end
  if not cleared(redis.pcall(unpack(entry)), log) then
    redis.call(unpack(entry)) -- it was none, or of other numbers: it begins here
  end
  return meta.number
end
