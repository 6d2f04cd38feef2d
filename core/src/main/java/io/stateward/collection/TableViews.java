package io.stateward.collection;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids of a sorted table in its order. */
final class TableViews {

  private TableViews() {}

  static <K, V> Set<K> ids(EntityTable<K, V> table) {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return table.size();
      }

      @Override
      public boolean contains(@Nullable Object id) {
        return table.byId().containsKey(id);
      }

      @Override
      public Iterator<K> iterator() {
        Iterator<V> entities = table.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entities.hasNext();
          }

          @Override
          public K next() {
            return table.idOf(entities.next());
          }
        };
      }
    };
  }
}
