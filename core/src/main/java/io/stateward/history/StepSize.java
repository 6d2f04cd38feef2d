package io.stateward.history;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Estimates what a step retains: how much of the older state is not part of the newer one.
 *
 * <pre>{@code
 * History<App> history = History.over(store)
 *     .retaining(64_000_000, StepSize.entities(App::shapes, Shape::bytes))
 *     .start();
 * }</pre>
 *
 * <p>The unit is the function's own: bytes, characters, entities. The sum over all steps is what a
 * history keeps beside the present state, as far as the estimate is right.
 *
 * <p><b>Thread safety.</b> Implementations are pure: called on any thread, more than once or not at
 * all.
 *
 * <p><b>Failure.</b> What it throws is reported, and the step counts as 0.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
@FunctionalInterface
public interface StepSize<S> {

  /**
   * Returns the size of a step.
   *
   * @param older the state before the step
   * @param newer the state after it
   * @return the size; not negative
   */
  long between(S older, S newer);

  /**
   * Counts each state as a whole, as if no two states shared anything: right for flat states such
   * as a text, far too much for persistent collections.
   *
   * @param <S> the type of the state
   * @param whole the size of a state
   * @return the estimate: the size of the older state
   */
  static <S> StepSize<S> whole(ToLongFunction<? super S> whole) {
    return (older, newer) -> whole.applyAsLong(older);
  }

  /**
   * Counts the entities of a table that a step replaced or removed. The nodes of the table that
   * hold them are not counted: about {@code log32(size)} arrays of 32 references for each entity.
   *
   * @param <S> the type of the state
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param table selects the table
   * @param size the size of one entity
   * @return the estimate; found in O(changes * log n)
   */
  static <S, K, V> StepSize<S> entities(
      Function<? super S, EntityTable<K, V>> table, ToLongFunction<? super V> size) {
    return (older, newer) -> {
      var sum = new Lost<K, V>(size);
      EntityTable.diff(table.apply(older), table.apply(newer), sum);
      return sum.total;
    };
  }

  /**
   * Counts the entries of a map that a step replaced or removed. The nodes of the map that hold
   * them are not counted.
   *
   * @param <S> the type of the state
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param map selects the map
   * @param size the size of one value
   * @return the estimate; found in O(changes * log n)
   */
  static <S, K, V> StepSize<S> entries(
      Function<? super S, PersistentMap<K, V>> map, ToLongFunction<? super V> size) {
    return (older, newer) -> {
      var sum = new Lost<K, V>(size);
      PersistentMap.diff(map.apply(older), map.apply(newer), sum);
      return sum.total;
    };
  }

  /**
   * Adds up two estimates, for states with several collections.
   *
   * @param other the other one
   * @return the sum
   */
  default StepSize<S> plus(StepSize<S> other) {
    return (older, newer) -> between(older, newer) + other.between(older, newer);
  }
}
