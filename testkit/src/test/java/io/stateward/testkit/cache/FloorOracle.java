package io.stateward.testkit.cache;

import io.stateward.time.VirtualTimekeeper;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What may be seen of a source whose values are the numbers of their writes. The floor of a key is
 * the least number that may be seen where all of its invalidations are known: when one takes effect
 * in the layer, leases end, and whatever is stored later is read later. So it rises to what the
 * source has at that moment; or to what is stored, if that is part of the same step.
 */
final class FloorOracle {

  private final VirtualTimekeeper time;
  private final Map<String, Long> source = new HashMap<>();
  private final Map<String, TreeMap<Long, Long>> floors = new HashMap<>(); // by time

  FloorOracle(VirtualTimekeeper time, Iterable<String> keys) {
    this.time = time;
    for (String key : keys) {
      source.put(key, 0L);
      floors.put(key, new TreeMap<>());
    }
  }

  synchronized long read(String key) {
    return source.get(key);
  }

  synchronized long write(String key) {
    return source.merge(key, 1L, Long::sum);
  }

  /** An invalidation took effect. */
  synchronized void invalidated(Predicate<String> keys) {
    source.keySet().stream().filter(keys).forEach(key -> raise(key, source.get(key)));
  }

  /** A write stored what it had written. */
  synchronized void stored(String key, long value) {
    raise(key, value);
  }

  private void raise(String key, long to) {
    floors.get(key).merge(time.nanoTime(), Math.max(to, floor(key)), Math::max);
  }

  /** The floor as it is now. */
  synchronized long floor(String key) {
    Map.Entry<Long, Long> last = floors.get(key).lastEntry();
    return last == null ? 0 : last.getValue();
  }

  /** The floor as it was before a time, exclusive. */
  synchronized long floorBefore(String key, long nanos) {
    Map.Entry<Long, Long> last = floors.get(key).lowerEntry(nanos);
    return last == null ? 0 : last.getValue();
  }
}
