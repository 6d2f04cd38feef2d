package io.stateward.benchmarks.collection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/** PCollections' hash map, which has no builder. */
final class PCollectionsMaps implements Maps<HashPMap<String, Integer>> {

  @Override
  public HashPMap<String, Integer> of(List<String> keys, List<Integer> values) {
    HashPMap<String, Integer> map = HashTreePMap.empty();
    for (int i = 0; i < keys.size(); i++) {
      map = map.plus(keys.get(i), values.get(i));
    }
    return map;
  }

  @Override
  public @Nullable Object get(HashPMap<String, Integer> map, String key) {
    return map.get(key);
  }

  @Override
  public HashPMap<String, Integer> put(HashPMap<String, Integer> map, String key, Integer value) {
    return map.plus(key, value);
  }

  @Override
  public long sum(HashPMap<String, Integer> map) {
    long sum = 0;
    for (Map.Entry<String, Integer> entry : map.entrySet()) {
      sum += entry.getValue();
    }
    return sum;
  }
}
