package io.stateward.statemachine.internal;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of events of a machine, by number.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
public interface EventSpace {

  /** Returns how many kinds are known; kinds are below that. It may grow, if the space is open. */
  int size();

  /** Whether kinds are found as they come, as names of documents are. */
  boolean open();

  /** Returns the kind of an event, or -1 if it is not one of this machine. */
  int kindOf(Object event);

  /** Returns what a trigger knows a kind by: a class, a constant, or a name. */
  Object key(int kind);

  /** Returns what people call a kind. */
  String name(int kind);

  /** Returns what is raised when a state comes to its end, or null for nothing but its triggers. */
  default @Nullable Object done(String state) {
    return null;
  }

  /**
   * Returns what is raised when a state comes to its end, given what is around.
   *
   * @param state which
   * @param last the final state in it that was entered; null if it is parallel
   * @param event the event that led to it, or null
   */
  default @Nullable Object done(
      String state, @Nullable String last, @Nullable Object event, StepContext context) {
    return done(state);
  }

  /**
   * Returns what is raised when an action fails, or null if the macrostep is to fail. Asked in
   * strict charts only.
   */
  default @Nullable Object failed(Throwable failure) {
    return null;
  }

  /** Returns what people call the space: the type of its events. */
  String label();
}
