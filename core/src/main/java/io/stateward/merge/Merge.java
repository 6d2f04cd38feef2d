package io.stateward.merge;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.signal.Versioned;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A way to bring two changes of one value together: a pure function of base, which both sides
 * started from, mine and theirs.
 *
 * <pre>{@code
 * Merge<Card> cards = Merge.of(Card.class)
 *     .field("done").theirs()
 *     .field("votes").counter()
 *     .field("tags").set();                       // all other fields: undecided if both changed
 * MergeResult<Card> result = cards.merge(base, mine, theirs);
 * Merge<EntityTable<Long, Card>> board = Merge.table(cards);
 * }</pre>
 *
 * <p>What is ready-made here asks its rule only where both sides changed: {@code merge(b, m, b)} is
 * {@code m}, {@code merge(b, b, t)} is {@code t}, and {@code merge(b, x, x)} is {@code x} unless
 * the merge {@link #accumulates}. Versions are compared by identity first, then by {@code equals},
 * arrays by their elements. A merge of one's own, as a lambda, is asked in the same way inside a
 * ready-made one; by itself it gets that from {@link #whereBothChanged}.
 *
 * <p><b>Without a base</b> (it is {@code null}: both sides created the value) there was nothing
 * before: what either side has it has added, sets and lists become unions, a counter is undecided
 * since nothing says where the counting began, and fields of records that differ go to their rules.
 *
 * <p><b>What one side cleared</b> (a part is {@code null} in mine or in theirs) while the other
 * changed it is undecided, except where a rule takes a side.
 *
 * <p><b>Thread safety.</b> Ready-made merges are immutable, as far as the given functions are.
 *
 * <p><b>Failure.</b> What a rule throws, {@code Error}s aside, reaches the caller as a {@link
 * MergeFailedException} with the place and the three versions.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
@FunctionalInterface
public interface Merge<T extends @Nullable Object> {

  /**
   * Brings two changes of a value together.
   *
   * @param base what both sides started from; null if there is no such version
   * @param mine the version of this side
   * @param theirs the version of the other side
   * @return the merged value, or a value with what is undecided in it
   */
  MergeResult<T> merge(@Nullable T base, T mine, T theirs);

  /**
   * Tells whether two equal changes are two changes: of a counter, to which both sides added one.
   * If so the merge is asked even where mine equals theirs; otherwise equal changes are one.
   *
   * @return whether equal changes add up; false unless overridden
   */
  default boolean accumulates() {
    return false;
  }

  /**
   * Returns a merge of records, field by field. A field that both sides changed is undecided until
   * it is given a rule.
   *
   * @param <R> the type of the records
   * @param type the class of the records
   * @return the merge, to be given rules
   * @throws IllegalArgumentException if the record is in a module that does not open its package;
   *     the message has the line to add
   */
  static <R extends Record> RecordMerge<R> of(Class<R> type) {
    return new RecordMerge<>(RecordShape.of(type));
  }

  /**
   * Returns a merge of records that only their own module has access to.
   *
   * @param <R> the type of the records
   * @param type the class of the records
   * @param lookup what has access to them: {@code MethodHandles.lookup()} called in their module
   * @return the merge, to be given rules
   * @throws IllegalArgumentException if the lookup has no access
   */
  static <R extends Record> RecordMerge<R> of(Class<R> type, MethodHandles.Lookup lookup) {
    return new RecordMerge<>(RecordShape.of(type, Objects.requireNonNull(lookup, "lookup")));
  }

  /**
   * Returns a merge that takes mine where both sides changed.
   *
   * @param <T> the type of the value
   * @return the merge
   */
  static <T extends @Nullable Object> Merge<T> mine() {
    return whereBothChanged((base, mine, theirs) -> new MergeResult.Merged<>(mine));
  }

  /**
   * Returns a merge that takes theirs where both sides changed.
   *
   * @param <T> the type of the value
   * @return the merge
   */
  static <T extends @Nullable Object> Merge<T> theirs() {
    return whereBothChanged((base, mine, theirs) -> new MergeResult.Merged<>(theirs));
  }

  /**
   * Returns a merge that leaves it to others to decide where both sides changed.
   *
   * @param <T> the type of the value
   * @return the merge
   */
  static <T extends @Nullable Object> Merge<T> undecided() {
    return whereBothChanged(MergeResult::undecided);
  }

  /**
   * Returns a merge that settles by itself what only one side changed, or both in the same way, and
   * asks a rule for the rest.
   *
   * @param <T> the type of the value
   * @param rule asked where both sides changed, differently unless it accumulates
   * @return the merge
   */
  static <T extends @Nullable Object> Merge<T> whereBothChanged(Merge<T> rule) {
    return new BothChanged<>(Objects.requireNonNull(rule, "rule"), rule.accumulates());
  }

  /**
   * Returns a merge that takes what was written last, where both sides changed. Two versions that
   * were written at the same time are undecided.
   *
   * @param <T> the type of the value
   * @param <C> the type of the times or versions
   * @param by reads when a version was written: a time or a version number that the value carries
   * @return the merge
   */
  static <T, C extends Comparable<? super C>> Merge<T> latest(Function<? super T, ? extends C> by) {
    return ValueRules.latest(Objects.requireNonNull(by, "by"));
  }

  /**
   * Returns a merge that takes the greater value where both sides changed, theirs if neither is.
   *
   * @param <T> the type of the value
   * @return the merge
   */
  static <T extends Comparable<? super T>> Merge<T> max() {
    return ValueRules.greater(1);
  }

  /**
   * Returns a merge that takes the smaller value where both sides changed, theirs if neither is.
   *
   * @param <T> the type of the value
   * @return the merge
   */
  static <T extends Comparable<? super T>> Merge<T> min() {
    return ValueRules.greater(-1);
  }

  /**
   * Returns a merge of counts: base, plus what mine added, plus what theirs added. It {@link
   * #accumulates}. Without a base it is undecided, and a sum that is no {@code long} is a failure.
   *
   * @return the merge
   */
  static Merge<Long> counter() {
    return ValueRules.counter();
  }

  /**
   * Returns {@link #counter} for {@code int}.
   *
   * @return the merge; a sum that is no {@code int} is a failure
   */
  static Merge<Integer> intCounter() {
    return ValueRules.intCounter();
  }

  /**
   * Returns a merge of sets: theirs, plus what mine added, minus what mine removed. Nothing in it
   * is ever undecided. The result is unmodifiable and iterates as theirs, then as mine.
   *
   * @param <E> the type of the elements
   * @return the merge
   */
  static <E> Merge<Set<E>> set() {
    return ValueRules.bothPresent(SetMerge::merge, false);
  }

  /**
   * Returns {@link #list(Function, Merge, Deletion)} with {@link Deletion#ASKS}.
   *
   * @param <E> the type of the items
   * @param idOf reads the id of an item, by which it is the same in all versions
   * @param items merges an item that both sides changed
   * @return the merge
   */
  static <E> Merge<List<E>> list(Function<? super E, ?> idOf, Merge<E> items) {
    return list(idOf, items, Deletion.ASKS);
  }

  /**
   * Returns a merge of lists whose items have an identity: the additions, removals, edits and moves
   * of both sides. No two items of one list have the same id, and none is {@code null}.
   *
   * <p><b>Ordering.</b> The items stand as in theirs; an item that mine added or moved follows the
   * item that it follows in mine, after what theirs added in the same place. What both added or
   * moved stands where theirs has it, and what one side moved and the other removed is removed: the
   * order is never undecided.
   *
   * @param <E> the type of the items
   * @param idOf reads the id of an item, by which it is the same in all versions
   * @param items merges an item that both sides changed
   * @param deletion what becomes of an item that one side deleted and the other edited
   * @return the merge; its results are unmodifiable
   */
  static <E> Merge<List<E>> list(Function<? super E, ?> idOf, Merge<E> items, Deletion deletion) {
    return ValueRules.bothPresent(
        new ListMerge<E>(idOf, items, deletion)::merge, items.accumulates());
  }

  /**
   * Returns {@link #vector(Function, Merge, Deletion)} with {@link Deletion#ASKS}.
   *
   * @param <E> the type of the items
   * @param idOf reads the id of an item, by which it is the same in all versions
   * @param items merges an item that both sides changed
   * @return the merge
   */
  static <E> Merge<PersistentVector<E>> vector(Function<? super E, ?> idOf, Merge<E> items) {
    return vector(idOf, items, Deletion.ASKS);
  }

  /**
   * Returns the merge of {@link #list(Function, Merge, Deletion)} for persistent vectors.
   *
   * @param <E> the type of the items
   * @param idOf reads the id of an item, by which it is the same in all versions
   * @param items merges an item that both sides changed
   * @param deletion what becomes of an item that one side deleted and the other edited
   * @return the merge
   */
  static <E> Merge<PersistentVector<E>> vector(
      Function<? super E, ?> idOf, Merge<E> items, Deletion deletion) {
    return ValueRules.bothPresent(
        new ListMerge<E>(idOf, items, deletion)::mergeVectors, items.accumulates());
  }

  /**
   * Returns {@link #map(Merge, Deletion)} with {@link Deletion#ASKS}.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param values merges a value that both sides changed, or added under one key
   * @return the merge
   */
  static <K, V> Merge<Map<K, V>> map(Merge<V> values) {
    return map(values, Deletion.ASKS);
  }

  /**
   * Returns a merge of maps, key by key. Values are never {@code null}.
   *
   * <p><b>Cost.</b> O(n). Maps that share their parts are better kept as {@link PersistentMap}.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param values merges a value that both sides changed, or added under one key
   * @param deletion what becomes of a value that one side removed and the other changed
   * @return the merge; its results are unmodifiable and iterate as theirs, then as mine
   */
  static <K, V> Merge<Map<K, V>> map(Merge<V> values, Deletion deletion) {
    return ValueRules.bothPresent(
        new KeyedMerge<K, V>(values, deletion)::mergeMaps, values.accumulates());
  }

  /**
   * Returns {@link #persistentMap(Merge, Deletion)} with {@link Deletion#ASKS}.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param values merges a value that both sides changed, or added under one key
   * @return the merge
   */
  static <K, V> Merge<PersistentMap<K, V>> persistentMap(Merge<V> values) {
    return persistentMap(values, Deletion.ASKS);
  }

  /**
   * Returns a merge of persistent maps, key by key.
   *
   * <p><b>Cost.</b> It follows what mine changed, not the size of the maps.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param values merges a value that both sides changed, or added under one key
   * @param deletion what becomes of a value that one side removed and the other changed
   * @return the merge
   */
  static <K, V> Merge<PersistentMap<K, V>> persistentMap(Merge<V> values, Deletion deletion) {
    return ValueRules.bothPresent(
        new KeyedMerge<K, V>(values, deletion)::merge, values.accumulates());
  }

  /**
   * Returns {@link #table(Merge, Deletion)} with {@link Deletion#ASKS}.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param entities merges an entity that both sides changed, or added under one id
   * @return the merge
   */
  static <K, V> Merge<EntityTable<K, V>> table(Merge<V> entities) {
    return table(entities, Deletion.ASKS);
  }

  /**
   * Returns a merge of entity tables, id by id. The result has the order of theirs.
   *
   * <p><b>Cost.</b> It follows what mine changed, not the size of the tables.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param entities merges an entity that both sides changed, or added under one id
   * @param deletion what becomes of an entity that one side removed and the other changed
   * @return the merge
   */
  static <K, V> Merge<EntityTable<K, V>> table(Merge<V> entities, Deletion deletion) {
    return ValueRules.bothPresent(
        new KeyedMerge<K, V>(entities, deletion)::mergeTables, entities.accumulates());
  }

  /**
   * Returns a merge of values with their versions. Theirs' version stands, for it is what the next
   * write is compared with; paths do not mention the pair.
   *
   * @param <T> the type of the value
   * @param values merges the values
   * @return the merge
   */
  static <T extends @Nullable Object> Merge<Versioned<T>> versioned(Merge<T> values) {
    return new VersionedMerge<>(Objects.requireNonNull(values, "values"));
  }
}
