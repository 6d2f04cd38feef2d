package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntryChange;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map of replicated values in which updating wins: removing an entry removes what was seen of it.
 *
 * <pre>{@code
 * ObservedRemoveMap<String, ResettableCounter> stock =
 *     ObservedRemoveMap.<String, ResettableCounter>of(ResettableCounter.empty())
 *         .update("milk", count -> count.add("ada", 3));
 * ObservedRemoveMap<String, ResettableCounter> sold = stock.remove("milk");
 * sold.merge(stock).keys();                                              // none
 * sold.merge(stock.update("milk", count -> count.add("bob", 1)))
 *     .get("milk").value();                                              // 1: what nobody had seen
 * }</pre>
 *
 * <p>An entry is there as long as something is in its value: a value that becomes empty is gone,
 * and one that is not there is updated from the empty one.
 *
 * <p><b>Thread safety.</b> Immutable, as far as keys and values are.
 *
 * <p><b>Cost.</b> As large as what is in it, with one range for each replica that ever changed it.
 *
 * @param <K> the type of the keys; immutable, with {@code equals} and {@code hashCode}
 * @param <V> the type of the values
 * @since 0.1
 */
public final class ObservedRemoveMap<K, V extends Causal<V>>
    implements Causal<ObservedRemoveMap<K, V>> {

  /*
   * All values share what the map has seen, so the dots of one value are never given again to
   * another one, also not to its successor under the same key (the causal maps of Almeida, Shoker
   * and Baquero). In the map the values stand without it; they get it when they are taken out.
   */

  private final V blank;
  private final PersistentMap<K, V> values; // none is empty; all have seen nothing
  private final VersionVector seen;

  private ObservedRemoveMap(V blank, PersistentMap<K, V> values, VersionVector seen) {
    this.blank = blank;
    this.values = values;
    this.seen = seen;
  }

  /**
   * Returns the map without entries.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param blank the empty value, of which each value is made
   * @return the map
   */
  public static <K, V extends Causal<V>> ObservedRemoveMap<K, V> of(V blank) {
    return new ObservedRemoveMap<>(
        blank.cleared().seeing(VersionVector.empty()), PersistentMap.of(), VersionVector.empty());
  }

  /**
   * Returns the codec.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param keys the codec of a key
   * @param blank the empty value, as in {@link #of}
   * @param values the codec of a value
   * @return the codec; its schema names those of keys and values
   */
  public static <K, V extends Causal<V>> CausalCodec<ObservedRemoveMap<K, V>> codec(
      TreeCodec<K> keys, V blank, CausalCodec<V> values) {
    ObservedRemoveMap<K, V> empty = of(blank);
    return new CausalCodec<>(
        "observed-remove-map/1(" + keys.schema() + "," + values.schema() + ")",
        map -> map.content(keys, values),
        (content, dots, seen) -> empty.read(content, dots, seen, keys, values));
  }

  /**
   * Returns the keys of all entries.
   *
   * @return the keys, unmodifiable, in an arbitrary order
   */
  public Set<K> keys() {
    return values.keySet();
  }

  /**
   * Returns a value.
   *
   * @param key its key
   * @return the value; null if there is no such entry
   */
  public @Nullable V get(K key) {
    V value = values.get(key);
    return value == null ? null : value.seeing(seen);
  }

  /**
   * Changes a value.
   *
   * @param key its key
   * @param change a change of the value that is there, or of the empty one; pure
   * @return the map with the changed value
   * @throws IllegalArgumentException if the change returns a value that was not made of the one
   *     that it was given
   */
  public ObservedRemoveMap<K, V> update(K key, UnaryOperator<V> change) {
    V given = Objects.requireNonNull(values.getOrDefault(key, blank)).seeing(seen);
    V made = change.apply(given);
    if (!made.includes(given)) {
      throw new IllegalArgumentException(
          "The value of '%s' is changed by what its own methods return; this one was made elsewhere and has seen %s only. Return the outcome of a change of the argument."
              .formatted(Form.excerpt(String.valueOf(key)), Form.excerpt(made.seen().toString())));
    }
    return with(entry(values.toBuilder(), key, made).build(), made.seen());
  }

  private static <K, V extends Causal<V>> MapBuilder<K, V> entry(
      MapBuilder<K, V> entries, K key, V value) {
    return value.isEmpty()
        ? entries.remove(key)
        : entries.put(key, value.seeing(VersionVector.empty()));
  }

  /**
   * Removes an entry, as far as it was seen here.
   *
   * @param key its key
   * @return the map without it
   */
  public ObservedRemoveMap<K, V> remove(K key) {
    return with(values.minus(key), seen);
  }

  private ObservedRemoveMap<K, V> with(PersistentMap<K, V> next, VersionVector known) {
    return next == values && known == seen ? this : new ObservedRemoveMap<>(blank, next, known);
  }

  @Override
  public ObservedRemoveMap<K, V> merge(ObservedRemoveMap<K, V> other) {
    MapBuilder<K, V> merged = values.toBuilder();
    boolean same = true;
    for (EntryChange<K, V> change : other.values.diff(values)) {
      V mine = valueOf(change.was()).seeing(seen);
      V both = mine.merge(valueOf(change.now()).seeing(other.seen));
      entry(merged, change.key(), both);
      same &= both.seeing(seen).equals(mine);
    }
    return with(same ? values : merged.build(), seen.merge(other.seen));
  }

  private V valueOf(@Nullable V found) {
    return found == null ? blank : found;
  }

  @Override
  public ObservedRemoveMap<K, V> since(ObservedRemoveMap<K, V> earlier) {
    MapBuilder<K, V> fresh = PersistentMap.builder();
    VersionVector news = seen.minus(earlier.seen);
    for (EntryChange<K, V> change : values.diff(earlier.values)) {
      V more = valueOf(change.now()).seeing(seen).since(valueOf(change.was()).seeing(earlier.seen));
      news = news.merge(more.seen());
      entry(fresh, change.key(), more);
    }
    return new ObservedRemoveMap<>(blank, fresh.build(), news);
  }

  @Override
  public ObservedRemoveMap<K, V> redone(
      ObservedRemoveMap<K, V> before, ObservedRemoveMap<K, V> ground) {
    ObservedRemoveMap<K, V> redone = ground;
    for (EntryChange<K, V> change : values.diff(before.values)) {
      V was = valueOf(change.was()).seeing(before.seen);
      V now = valueOf(change.now()).seeing(seen);
      redone = redone.update(change.key(), there -> now.redone(was, there));
    }
    return redone;
  }

  @Override
  public VersionVector seen() {
    return seen;
  }

  @Override
  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public ObservedRemoveMap<K, V> cleared() {
    return with(PersistentMap.of(), seen);
  }

  @Override
  public ObservedRemoveMap<K, V> seeing(VersionVector others) {
    return with(values, others);
  }

  private Tree content(TreeCodec<K> keys, CausalCodec<V> codec) {
    TreeArray.Builder content = TreeArray.builder();
    values.forEach(
        (key, value) -> content.add(Tree.array(keys.toTree(key), codec.writer().write(value))));
    return content.build();
  }

  private ObservedRemoveMap<K, V> read(
      Tree content, Form.Dots dots, VersionVector known, TreeCodec<K> keys, CausalCodec<V> codec) {
    MapBuilder<K, V> read = PersistentMap.builder();
    for (Tree entry : content.asArray().elements()) {
      K key = keys.fromTree(Form.element(entry, 0, 2));
      V value = codec.reader().read(Form.element(entry, 1, 2), dots, VersionVector.empty());
      Form.checkNew(key, value.isEmpty(), read.get(key));
      read.put(key, value);
    }
    return new ObservedRemoveMap<>(blank, read.build(), known);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObservedRemoveMap<?, ?> that
        && seen.equals(that.seen)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return 31 * seen.hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
