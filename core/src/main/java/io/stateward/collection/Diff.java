package io.stateward.collection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one version of a map or table differs from another: one {@link EntryChange} per key.
 *
 * <pre>{@code
 * Diff<Long, Todo> diff = Diff.between(before.byId(), after.byId());
 * diff.forEach(change -> audit(change.key(), change.was(), change.now()));
 * diff.applyTo(before.byId()).equals(after.byId());      // true
 * diff.reversed().applyTo(after.byId());                 // the way back
 * }</pre>
 *
 * <p>Values are compared by identity first, then by {@code equals}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Ordering.</b> The changes come in no particular order; two diffs with the same changes in
 * another order are not equal.
 *
 * <p><b>Cost.</b> Between two versions of a persistent collection O(changes * log n), between other
 * maps O(n).
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public final class Diff<K, V> implements Iterable<EntryChange<K, V>> {

  private final List<EntryChange<K, V>> changes;

  private Diff(List<EntryChange<K, V>> changes) {
    this.changes = List.copyOf(changes);
  }

  /**
   * Compares two versions of a persistent map, or two that are not related.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param before the earlier version
   * @param after the later version
   * @return the difference
   */
  public static <K, V> Diff<K, V> between(PersistentMap<K, V> before, PersistentMap<K, V> after) {
    var collector = new Collector<K, V>();
    PersistentMap.diff(before, after, collector);
    return new Diff<>(collector.changes);
  }

  /**
   * Compares any two maps. Neither may change meanwhile, nor hold {@code null}.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param before the earlier version
   * @param after the later version
   * @return the difference; found in O(changes) if both are persistent, else in O(n)
   */
  public static <K, V> Diff<K, V> of(
      Map<? extends K, ? extends V> before, Map<? extends K, ? extends V> after) {
    if (before instanceof PersistentMap && after instanceof PersistentMap) {
      return between(PersistentMap.copyOf(before), PersistentMap.copyOf(after));
    }
    var collector = new Collector<K, V>();
    before.forEach(
        (key, was) -> {
          V now = after.get(key);
          if (now == null) {
            collector.removed(key, was);
          } else if (now != was && !now.equals(was)) {
            collector.changed(key, was, now);
          }
        });
    after.forEach(
        (key, now) -> {
          if (before.get(key) == null) {
            collector.added(key, now);
          }
        });
    return new Diff<>(collector.changes);
  }

  /**
   * Returns the changes.
   *
   * @return one change per key that differs, unmodifiable
   */
  public List<EntryChange<K, V>> changes() {
    return changes;
  }

  /**
   * Returns whether the versions are equal.
   *
   * @return whether there is no change
   */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * Returns the number of keys that differ.
   *
   * @return the number of changes
   */
  public int size() {
    return changes.size();
  }

  /**
   * Returns the keys that differ.
   *
   * @return a new unmodifiable set
   */
  public Set<K> keys() {
    return changes.stream().map(EntryChange::key).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns the changes as a stream.
   *
   * @return a new stream
   */
  public Stream<EntryChange<K, V>> stream() {
    return changes.stream();
  }

  @Override
  public Iterator<EntryChange<K, V>> iterator() {
    return changes.iterator();
  }

  @Override
  public void forEach(Consumer<? super EntryChange<K, V>> action) {
    changes.forEach(action);
  }

  /**
   * Returns the difference seen from the later version: what leads back.
   *
   * @return the reverse of each change
   */
  public Diff<K, V> reversed() {
    return new Diff<>(changes.stream().map(EntryChange::reversed).toList());
  }

  /**
   * Makes the changes to a map, whatever it holds under the changed keys.
   *
   * @param map the map to change
   * @return the map with every key of this diff as it is in the later version
   */
  public PersistentMap<K, V> applyTo(PersistentMap<K, V> map) {
    MapBuilder<K, V> builder = map.toBuilder();
    for (EntryChange<K, V> change : changes) {
      V now = change.now();
      if (now == null) {
        builder.remove(change.key());
      } else {
        builder.put(change.key(), now);
      }
    }
    return builder.build();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Diff<?, ?> other && changes.equals(other.changes);
  }

  @Override
  public int hashCode() {
    return changes.hashCode();
  }

  @Override
  public String toString() {
    return changes.toString();
  }

  private static final class Collector<K, V> implements DiffVisitor<K, V> {
    private final List<EntryChange<K, V>> changes = new ArrayList<>();

    @Override
    public void added(K key, V now) {
      changes.add(new EntryChange.Added<>(key, now));
    }

    @Override
    public void removed(K key, V was) {
      changes.add(new EntryChange.Removed<>(key, was));
    }

    @Override
    public void changed(K key, V was, V now) {
      changes.add(new EntryChange.Changed<>(key, was, now));
    }
  }
}
