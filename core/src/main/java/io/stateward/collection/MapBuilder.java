package io.stateward.collection;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes many changes to a {@link PersistentMap} at once: each node is copied at most once, then
 * overwritten.
 *
 * <pre>{@code
 * MapBuilder<String, Integer> builder = stock.toBuilder();
 * delivery.forEach(item -> builder.put(item.name(), item.count()));
 * PersistentMap<String, Integer> later = builder.build();
 * Diff<String, Integer> touched = builder.changes();
 * }</pre>
 *
 * <p>The builder may go on after {@link #build}: it then copies again what the built map holds, so
 * no map it ever returned changes.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Cost.</b> Each change O(log32 n). {@link #build} is O(1). {@link #changes} visits the nodes
 * on the paths that were touched and no others: the nodes that the builder owns are its record.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public final class MapBuilder<K, V> {

  private final PersistentMap<K, V> origin;
  private PersistentMap<K, V> built; // the last map that was returned, the origin at first
  private Edit edit = Edit.owning();
  private MapNode root;
  private int size;

  MapBuilder(PersistentMap<K, V> origin) {
    this.origin = origin;
    this.built = origin;
    this.root = origin.root();
    this.size = origin.size();
  }

  /**
   * Returns the number of entries.
   *
   * @return the number so far
   */
  public int size() {
    return size;
  }

  /**
   * Returns the value of a key.
   *
   * @param key the key
   * @return its value so far, or {@code null} if it is not there
   */
  @SuppressWarnings("unchecked")
  public @Nullable V get(@Nullable Object key) {
    return key == null ? null : (V) root.find(key, key.hashCode(), 0);
  }

  /**
   * Puts a value under a key.
   *
   * @param key the key
   * @param value its value
   * @return this builder
   * @throws NullPointerException if the key or the value is {@code null}
   */
  public MapBuilder<K, V> put(K key, V value) {
    Checks.present(key, "The key");
    Checks.present(value, "The value");
    edit.previous = null;
    MapNode changed = root.plus(key, value, key.hashCode(), 0, edit);
    root = changed;
    if (edit.previous == null) {
      size++;
    }
    return this;
  }

  /**
   * Puts all entries of a map.
   *
   * @param entries the entries
   * @return this builder
   * @throws NullPointerException if a key or a value is {@code null}; the entries before it are put
   */
  public MapBuilder<K, V> putAll(Map<? extends K, ? extends V> entries) {
    entries.forEach(this::put);
    return this;
  }

  /**
   * Removes a key, if it is there.
   *
   * @param key the key
   * @return this builder
   * @throws NullPointerException if the key is {@code null}
   */
  public MapBuilder<K, V> remove(K key) {
    Checks.present(key, "The key");
    edit.previous = null;
    root = root.minus(key, key.hashCode(), 0, edit);
    if (edit.previous != null) {
      size--;
    }
    return this;
  }

  /**
   * Removes some keys, as far as they are there.
   *
   * @param keys the keys
   * @return this builder
   * @throws NullPointerException if a key is {@code null}; the keys before it are removed
   */
  public MapBuilder<K, V> removeAll(Iterable<? extends K> keys) {
    keys.forEach(this::remove);
    return this;
  }

  /**
   * Changes the value of a key by a function, if the key is there.
   *
   * @param key the key
   * @param change maps the value now to the value then
   * @return this builder
   * @throws NullPointerException if the key is {@code null} or the function returns {@code null}
   */
  public MapBuilder<K, V> update(K key, UnaryOperator<V> change) {
    V value = get(Checks.present(key, "The key"));
    return value == null ? this : put(key, change.apply(value));
  }

  /**
   * Returns how the content so far differs from the map that the builder began with. A key that was
   * touched and has an equal value again is not a difference.
   *
   * @return the change set
   */
  public Diff<K, V> changes() {
    return Diff.between(origin, build());
  }

  /**
   * Returns the content so far as a map.
   *
   * @return the map; the one the builder began with, or built last, if nothing changed since
   */
  public PersistentMap<K, V> build() {
    if (root != built.root()) {
      edit = Edit.owning(); // disowns every node that the map holds from now on
      built = size == 0 ? PersistentMap.of() : new PersistentMap<>(root, size);
    }
    return built;
  }
}
