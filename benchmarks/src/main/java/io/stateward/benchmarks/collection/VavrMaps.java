package io.stateward.benchmarks.collection;

import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vavr's hash map; {@code get} there returns an option, so it is asked for a default instead. */
final class VavrMaps implements Maps<HashMap<String, Integer>> {

  private static final Integer ABSENT = -1;

  @Override
  public HashMap<String, Integer> of(List<String> keys, List<Integer> values) {
    HashMap<String, Integer> map = HashMap.empty();
    for (int i = 0; i < keys.size(); i++) {
      map = map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  @Override
  public @Nullable Object get(HashMap<String, Integer> map, String key) {
    return map.getOrElse(key, ABSENT);
  }

  @Override
  public HashMap<String, Integer> put(HashMap<String, Integer> map, String key, Integer value) {
    return map.put(key, value);
  }

  @Override
  public long sum(HashMap<String, Integer> map) {
    long sum = 0;
    for (Tuple2<String, Integer> entry : map) {
      sum += entry._2();
    }
    return sum;
  }
}
