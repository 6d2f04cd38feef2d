package io.stateward.cache;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map with a hand that goes round over its entries, so that what is over is found a few at a
 * time, and no thread has to search for it. One thread at a time.
 */
final class MemoryHand<V> {

  private final Map<String, V> map; // concurrent for its iterators alone: they bear changes
  private Iterator<String> hand; // of keys: an entry that it holds may have been removed meanwhile

  MemoryHand() {
    this(Map.of());
  }

  private MemoryHand(Map<String, V> content) {
    map = new ConcurrentHashMap<>(content);
    hand = map.keySet().iterator();
  }

  MemoryHand<V> copy() {
    return new MemoryHand<>(map);
  }

  Map<String, V> map() {
    return map;
  }

  /** Returns the next key, from the beginning again after the last; null if there is none. */
  @Nullable String next() {
    if (!hand.hasNext()) {
      hand = map.keySet().iterator();
    }
    return hand.hasNext() ? hand.next() : null;
  }
}
