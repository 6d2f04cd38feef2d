package io.stateward.collection;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes: what would change it returns another map, which shares all but a few
 * nodes with this one.
 *
 * <pre>{@code
 * PersistentMap<String, Integer> stock = PersistentMap.of("apple", 3);
 * PersistentMap<String, Integer> later = stock.plus("pear", 5).update("apple", n -> n - 1);
 * stock.get("apple");                     // 3, as before
 * later.diff(stock);                      // apple was 3 and is 2, pear was added
 * }</pre>
 *
 * <p>It is a {@code java.util.Map} to all readers; the mutators of that interface throw {@link
 * UnsupportedOperationException} and name the method to use. Keys and values are never {@code
 * null}; asking for {@code null} finds nothing.
 *
 * <p><b>Thread safety.</b> Immutable, and safe to publish through a data race.
 *
 * <p><b>Ordering.</b> Iteration follows the hash codes of the keys: the same for equal maps unless
 * keys share a whole hash code, and otherwise to be taken as arbitrary.
 *
 * <p><b>Cost.</b> {@code n} entries make at most 7 levels of up to 32 branches. {@link #get} reads,
 * and {@link #plus} and {@link #minus} copy, one node per level: about log32(n). Keys with one
 * whole hash code in common are searched one by one. {@link #diff} and {@link #equals} skip what
 * two versions share, so between relatives they cost O(changes * log n) and between strangers O(n).
 * {@link #hashCode} is O(n) each time.
 *
 * @param <K> the type of the keys; {@code equals} and {@code hashCode} must not change
 * @param <V> the type of the values
 * @since 0.1
 */
public final class PersistentMap<K, V> extends ReadOnlyMap<K, V> {

  private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(BranchNode.EMPTY, 0);

  private final BranchNode root;
  private final int size;

  PersistentMap(MapNode root, int size) {
    this.root = (BranchNode) root;
    this.size = size;
  }

  BranchNode root() {
    return root;
  }

  /**
   * Returns the empty map.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return a map without entries, always the same one
   */
  @SuppressWarnings("unchecked")
  public static <K, V> PersistentMap<K, V> of() {
    return (PersistentMap<K, V>) EMPTY;
  }

  /**
   * Returns a map with one entry.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param key the key
   * @param value its value
   * @return the map
   * @throws NullPointerException if the key or the value is {@code null}
   */
  public static <K, V> PersistentMap<K, V> of(K key, V value) {
    return PersistentMap.<K, V>of().plus(key, value);
  }

  /**
   * Returns a map with the entries of another.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param entries any map; a persistent one is returned as it is
   * @return the map
   * @throws NullPointerException if a key or a value is {@code null}
   */
  @SuppressWarnings("unchecked")
  public static <K, V> PersistentMap<K, V> copyOf(Map<? extends K, ? extends V> entries) {
    if (entries instanceof PersistentMap) {
      return (PersistentMap<K, V>) entries; // read-only, hence covariant
    }
    return PersistentMap.<K, V>of().plusAll(entries);
  }

  /**
   * Returns a builder that begins with the empty map.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return a new builder
   */
  public static <K, V> MapBuilder<K, V> builder() {
    return new MapBuilder<>(of());
  }

  /**
   * Returns a builder that begins with this map, for many changes at once.
   *
   * @return a new builder; this map is not affected by it
   */
  public MapBuilder<K, V> toBuilder() {
    return new MapBuilder<>(this);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable V get(@Nullable Object key) {
    return key == null ? null : (V) root.find(key, key.hashCode(), 0);
  }

  @Override
  public V getOrDefault(@Nullable Object key, V fallback) {
    V value = get(key);
    return value == null ? fallback : value;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  /**
   * Returns this map with {@code value} under {@code key}. A key that is already there stays the
   * object it is.
   *
   * @param key the key
   * @param value its value
   * @return the changed map, or this one if the key has this very value (the same object) already
   * @throws NullPointerException if the key or the value is {@code null}
   */
  public PersistentMap<K, V> plus(K key, V value) {
    Checks.present(key, "The key");
    Checks.present(value, "The value");
    Edit edit = Edit.copying();
    MapNode changed = root.plus(key, value, key.hashCode(), 0, edit);
    if (changed == root) {
      return this;
    }
    return new PersistentMap<>(changed, edit.previous == null ? size + 1 : size);
  }

  /**
   * Returns this map with all entries of another, which win over those here.
   *
   * @param entries the entries to add
   * @return the changed map, or this one if nothing changed
   * @throws NullPointerException if a key or a value is {@code null}
   */
  public PersistentMap<K, V> plusAll(Map<? extends K, ? extends V> entries) {
    return toBuilder().putAll(entries).build();
  }

  /**
   * Returns this map without a key.
   *
   * @param key the key
   * @return the changed map, or this one if the key is not there
   */
  public PersistentMap<K, V> minus(K key) {
    Checks.present(key, "The key");
    Edit edit = Edit.copying();
    MapNode changed = root.minus(key, key.hashCode(), 0, edit);
    return edit.previous == null ? this : new PersistentMap<>(changed, size - 1);
  }

  /**
   * Returns this map without some keys.
   *
   * @param keys the keys; those that are not there do not matter
   * @return the changed map, or this one if none of the keys is there
   */
  public PersistentMap<K, V> minusAll(Iterable<? extends K> keys) {
    return toBuilder().removeAll(keys).build();
  }

  /**
   * Returns this map with the value of a key changed by a function, if the key is there.
   *
   * @param key the key
   * @param change maps the value now to the value then; not called if the key is not there
   * @return the changed map, or this one if there is no such key or the value stays the same object
   * @throws NullPointerException if the key is {@code null} or the function returns {@code null}
   */
  public PersistentMap<K, V> update(K key, UnaryOperator<V> change) {
    V value = get(Checks.present(key, "The key"));
    return value == null ? this : plus(key, change.apply(value));
  }

  /**
   * Returns this map with a value added under a key, or merged into the one that is there.
   *
   * <pre>{@code
   * counts = counts.upsert(word, 1, Integer::sum);
   * }</pre>
   *
   * @param key the key
   * @param value the value if the key is not there
   * @param merge maps the value now and {@code value} to the value then
   * @return the changed map, or this one if the value stays the same object
   * @throws NullPointerException if key or value is {@code null} or the function returns {@code
   *     null}
   */
  public PersistentMap<K, V> upsert(K key, V value, BinaryOperator<V> merge) {
    V present = get(Checks.present(key, "The key"));
    return plus(key, present == null ? value : merge.apply(present, value));
  }

  /**
   * Returns how this map differs from an earlier version, or from any other map.
   *
   * @param earlier the version to compare with
   * @return what happened between {@code earlier} and this map
   */
  public Diff<K, V> diff(PersistentMap<K, V> earlier) {
    return Diff.between(earlier, this);
  }

  /**
   * Tells a visitor how one version differs from another, without collecting anything.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param before the earlier version
   * @param after the later version; the two need not be related
   * @param visitor told each difference once
   */
  @SuppressWarnings("unchecked")
  public static <K, V> void diff(
      PersistentMap<K, V> before, PersistentMap<K, V> after, DiffVisitor<K, V> visitor) {
    if (before.root != after.root) {
      new MapDiffer((DiffVisitor<Object, Object>) visitor).compare(before.root, after.root, 0);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public void forEach(BiConsumer<? super K, ? super V> action) {
    root.forEach((BiConsumer<Object, Object>) action);
  }

  @Override
  public Set<K> keySet() {
    return MapViews.keys(this);
  }

  @Override
  public Collection<V> values() {
    return MapViews.values(this);
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return MapViews.entries(this);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (object instanceof PersistentMap<?, ?> other) {
      return size == other.size && MapEquality.equal(root, other.root);
    }
    return super.equals(object);
  }

  @Override
  public int hashCode() {
    int[] sum = new int[1];
    root.forEach((key, value) -> sum[0] += key.hashCode() ^ value.hashCode());
    return sum[0];
  }
}
