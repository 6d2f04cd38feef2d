package io.stateward.benchmarks.collection;

import java.util.List;
import java.util.Map;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/** Kotlin's persistent hash map, the one without insertion order, built by its builder. */
final class KotlinxMaps implements Maps<PersistentMap<String, Integer>> {

  @Override
  public PersistentMap<String, Integer> of(List<String> keys, List<Integer> values) {
    PersistentMap.Builder<String, Integer> builder =
        ExtensionsKt.<String, Integer>persistentHashMapOf().builder();
    for (int i = 0; i < keys.size(); i++) {
      builder.put(keys.get(i), values.get(i));
    }
    return builder.build();
  }

  @Override
  public @Nullable Object get(PersistentMap<String, Integer> map, String key) {
    return map.get(key);
  }

  @Override
  public PersistentMap<String, Integer> put(
      PersistentMap<String, Integer> map, String key, Integer value) {
    return map.putting(key, value);
  }

  @Override
  public long sum(PersistentMap<String, Integer> map) {
    long sum = 0;
    for (Map.Entry<String, Integer> entry : map.entrySet()) {
      sum += entry.getValue();
    }
    return sum;
  }
}
