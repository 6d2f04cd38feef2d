package io.stateward.statemachine;

import java.util.List;

/**
 * Where an instance of a machine stands: active states, their data, history, timers, work under
 * way, and events that wait.
 *
 * <pre>{@code
 * Snapshot<Door> closed = DOOR.begin().snapshot();
 * Snapshot<Door> open = DOOR.step(closed, new Open()).snapshot();
 * assertThat(open.state()).isEqualTo(new Opened());
 * }</pre>
 *
 * <p>Two are equal when they are of the same machine and all of the above is equal. Only this
 * library implements it.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public interface Snapshot<S> extends View {

  /**
   * Returns the state: the record of the active leaf, its constant, or the names of the leaves.
   *
   * @return the state; of a parallel state the record of that one, see {@link #find} for its
   *     regions
   */
  S state();

  /**
   * Returns the names of the active leaves.
   *
   * @return the names, in the order of the definition
   */
  List<String> leaves();

  /**
   * Returns the names of all active states, superstates included.
   *
   * @return the names, in the order of the definition
   */
  List<String> active();

  /**
   * Tells whether the machine has come to its end: it takes no more events.
   *
   * @return whether a final state of the outermost region is active
   */
  boolean isDone();

  /**
   * Returns the timers that are waited for.
   *
   * @return the timers, in the order in which they began
   */
  List<PendingTimer> timers();

  /**
   * Returns the work under way.
   *
   * @return the invocations, in the order in which they began
   */
  List<Invocation> invocations();

  /**
   * Returns the events that wait for another state.
   *
   * @return the events, in the order of their coming
   */
  List<Object> deferred();
}
