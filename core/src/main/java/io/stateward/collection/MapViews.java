package io.stateward.collection;

import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The three read-only views that every {@code java.util.Map} has, over a {@link PersistentMap}. */
final class MapViews {

  private MapViews() {}

  static <K, V> Set<K> keys(PersistentMap<K, V> map) {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return map.size();
      }

      @Override
      public boolean contains(@Nullable Object key) {
        return map.containsKey(key);
      }

      @Override
      public Iterator<K> iterator() {
        return MapIterator.keys(map.root());
      }

      @Override
      public void forEach(Consumer<? super K> action) {
        map.forEach((key, value) -> action.accept(key));
      }
    };
  }

  static <K, V> Collection<V> values(PersistentMap<K, V> map) {
    return new AbstractCollection<>() {
      @Override
      public int size() {
        return map.size();
      }

      @Override
      public Iterator<V> iterator() {
        return MapIterator.values(map.root());
      }

      @Override
      public void forEach(Consumer<? super V> action) {
        map.forEach((key, value) -> action.accept(value));
      }
    };
  }

  static <K, V> Set<Map.Entry<K, V>> entries(PersistentMap<K, V> map) {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return map.size();
      }

      @Override
      public boolean contains(@Nullable Object object) {
        return object instanceof Map.Entry<?, ?> entry
            && entry.getValue() != null
            && entry.getValue().equals(map.get(entry.getKey()));
      }

      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return MapIterator.entries(map.root());
      }

      @Override
      public void forEach(Consumer<? super Map.Entry<K, V>> action) {
        map.forEach((key, value) -> action.accept(Map.entry(key, value)));
      }
    };
  }
}
