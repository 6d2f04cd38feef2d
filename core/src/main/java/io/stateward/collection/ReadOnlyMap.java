package io.stateward.collection;

import java.util.AbstractMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@code java.util.Map} whose mutators refuse and name the method to use instead. */
abstract class ReadOnlyMap<K, V> extends AbstractMap<K, V> {

  /** For the package. */
  ReadOnlyMap() {}

  private static UnsupportedOperationException refusal(String method, String instead) {
    return new UnsupportedOperationException(
        "A PersistentMap never changes, so "
            + method
            + " is refused. Use "
            + instead
            + ", which returns a changed map.");
  }

  @Override
  public final V put(K key, V value) {
    throw refusal("put", "plus(key, value)");
  }

  @Override
  public final V putIfAbsent(K key, V value) {
    throw refusal("putIfAbsent", "plus(key, value) after containsKey(key)");
  }

  @Override
  public final void putAll(Map<? extends K, ? extends V> entries) {
    throw refusal("putAll", "plusAll(entries)");
  }

  @Override
  public final V remove(@Nullable Object key) {
    throw refusal("remove", "minus(key)");
  }

  @Override
  public final boolean remove(@Nullable Object key, @Nullable Object value) {
    throw refusal("remove", "minus(key)");
  }

  @Override
  public final void clear() {
    throw refusal("clear", "PersistentMap.of()");
  }

  @Override
  public final V replace(K key, V value) {
    throw refusal("replace", "update(key, change)");
  }

  @Override
  public final boolean replace(K key, V oldValue, V newValue) {
    throw refusal("replace", "update(key, change)");
  }

  @Override
  public final void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    throw refusal("replaceAll", "toBuilder(), update(key, change) and build()");
  }

  @Override
  public final V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    throw refusal("computeIfAbsent", "plus(key, value) after containsKey(key)");
  }

  @Override
  public final V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw refusal("computeIfPresent", "update(key, change)");
  }

  @Override
  public final V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends V> function) {
    throw refusal("compute", "upsert(key, value, merge)");
  }

  @Override
  public final V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    throw refusal("merge", "upsert(key, value, merge)");
  }
}
