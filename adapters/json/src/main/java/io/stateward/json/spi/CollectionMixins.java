package io.stateward.json.spi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import java.util.Collection;
import java.util.Map;

/**
 * What Jackson, in any version, has to know of our collections: annotations to be mixed in.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class CollectionMixins {

  private static final Map<Class<?>, Class<?>> ALL =
      Map.of(
          PersistentMap.class, MapMixin.class,
          PersistentVector.class, VectorMixin.class,
          EntityTable.class, TableMixin.class);

  private CollectionMixins() {}

  /**
   * Returns the classes that carry the annotations.
   *
   * @return the mix-ins by the collection that they are for
   */
  public static Map<Class<?>, Class<?>> all() {
    return ALL;
  }

  private interface MapMixin {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static <K, V> PersistentMap<K, V> copyOf(Map<? extends K, ? extends V> entries) {
      return PersistentMap.copyOf(entries);
    }
  }

  private interface VectorMixin {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static <E> PersistentVector<E> copyOf(Collection<? extends E> elements) {
      return PersistentVector.copyOf(elements);
    }
  }

  private interface TableMixin<V> {
    @JsonValue
    Collection<V> values();
  }
}
