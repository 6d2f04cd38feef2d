package io.stateward.testkit.cache;

import io.stateward.cache.Finder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cache-aside as it is mostly written: what was loaded is stored, whatever happened meanwhile. */
final class NaiveCache<K, V> {

  private final Map<K, V> entries = new HashMap<>();
  private final Finder<K, V> source;

  NaiveCache(Finder<K, V> source) {
    this.source = source;
  }

  @Nullable V get(K key) throws Exception {
    V cached = entries.get(key);
    if (cached != null) {
      return cached;
    }
    V loaded = source.find(key);
    if (loaded != null) {
      entries.put(key, loaded);
    }
    return loaded;
  }

  void invalidate(K key) {
    entries.remove(key);
  }

  Audited<K, V> audited() {
    return key -> {
      V cached = entries.get(key);
      return cached == null ? null : AuditedEntry.of(cached);
    };
  }
}
