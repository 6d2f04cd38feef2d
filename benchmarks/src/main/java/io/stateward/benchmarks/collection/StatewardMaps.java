package io.stateward.benchmarks.collection;

import io.stateward.collection.EntityTable;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stateward's map, built by its builder. */
final class StatewardMaps implements Maps<PersistentMap<String, Integer>> {

  @Override
  public PersistentMap<String, Integer> of(List<String> keys, List<Integer> values) {
    MapBuilder<String, Integer> builder = PersistentMap.builder();
    for (int i = 0; i < keys.size(); i++) {
      builder.put(keys.get(i), values.get(i));
    }
    return builder.build();
  }

  /** Makes a table of strings, each of which is its own id. */
  static EntityTable<String, String> table(List<String> entities) {
    return EntityTable.<String, String>of(entity -> entity).addAll(entities);
  }

  @Override
  public @Nullable Object get(PersistentMap<String, Integer> map, String key) {
    return map.get(key);
  }

  @Override
  public PersistentMap<String, Integer> put(
      PersistentMap<String, Integer> map, String key, Integer value) {
    return map.plus(key, value);
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
