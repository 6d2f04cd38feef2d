package io.stateward.history;

import io.stateward.collection.Diff;
import io.stateward.collection.EntityTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One commit in a timeline: when, why, and what it changed.
 *
 * <pre>{@code
 * for (Moment<App, Move> moment : timeline.moments()) {
 *   print(moment.version() + " " + moment.cause() + " " + moment.entities(App::todos).size());
 * }
 * }</pre>
 *
 * <p>The states are those that the timeline shows: if actions were skipped, the states as they are
 * without them.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the states and actions are.
 *
 * <p><b>Cost.</b> A moment refers to states and copies nothing. Differences are computed when asked
 * for, and cost what differs.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @param version the version of the store after the commit
 * @param time when it was made, by the wall clock
 * @param label what the thread that made it called it, or which callback made it; null if neither
 *     is known
 * @param actions the actions that made it; none if it was made by a plain update
 * @param before the state before
 * @param after the state after
 * @param skipped whether the timeline leaves it out
 * @since 0.1
 */
public record Moment<S, A>(
    long version,
    Instant time,
    @Nullable String label,
    List<A> actions,
    S before,
    S after,
    boolean skipped) {

  /**
   * Copies the actions.
   *
   * @param version the version of the store after the commit
   * @param time when it was made
   * @param label what it was called, or null
   * @param actions the actions that made it
   * @param before the state before
   * @param after the state after
   * @param skipped whether the timeline leaves it out
   */
  public Moment {
    actions = List.copyOf(actions);
  }

  /**
   * Says why the commit was made.
   *
   * @return the label if there is one, else the actions, else "update"
   */
  public String cause() {
    if (label != null) {
      return label;
    }
    if (actions.isEmpty()) {
      return "update";
    }
    return String.valueOf(actions.size() == 1 ? actions.get(0) : actions);
  }

  /**
   * Returns how a table in the state changed.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param table selects the table; a pure function
   * @return the difference, found in O(changes * log n)
   */
  public <K, V> Diff<K, V> entities(Function<? super S, EntityTable<K, V>> table) {
    return table.apply(after).diff(table.apply(before));
  }

  /**
   * Returns how a map in the state changed.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param map selects the map; a pure function
   * @return the difference, found in O(changes * log n) for persistent maps, in O(n) for others
   */
  public <K, V> Diff<K, V> entries(
      Function<? super S, ? extends Map<? extends K, ? extends V>> map) {
    return Diff.of(map.apply(before), map.apply(after));
  }
}
