package io.stateward.benchmarks.collection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a persistent map must offer to take part.
 *
 * @param <M> the type of the map
 */
interface Maps<M> {

  /** Makes a map of keys to values in the best way that the library has. */
  M of(List<String> keys, List<Integer> values);

  @Nullable Object get(M map, String key);

  M put(M map, String key, Integer value);

  /** Adds up all values by walking through the entries. */
  long sum(M map);

  /** The contender of this name. */
  static Maps<?> named(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardMaps();
      case "pcollections" -> new PCollectionsMaps();
      case "vavr" -> new VavrMaps();
      case "kotlinx" -> new KotlinxMaps();
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }
}
