package io.stateward.sync.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a hub has done.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Counters {

  private static final int MOST_CODES = 256; // codes of foreign code must not fill the memory

  final LongAdder accepted = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder framesSent = new LongAdder();
  final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  final Map<String, LongAdder> lapsed = new ConcurrentHashMap<>();
  final Map<Integer, LongAdder> closed = new ConcurrentHashMap<>();

  static <K> void count(Map<K, LongAdder> counts, K key) {
    LongAdder known = counts.get(key);
    if (known != null) {
      known.increment();
    } else if (counts.size() < MOST_CODES) {
      counts.computeIfAbsent(key, k -> new LongAdder()).increment();
    }
  }

  static <K> Map<K, Long> sums(Map<K, LongAdder> counts) {
    Map<K, Long> sums = new HashMap<>();
    counts.forEach((key, adder) -> sums.put(key, adder.sum()));
    return sums;
  }
}
