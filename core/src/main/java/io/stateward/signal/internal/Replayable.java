package io.stateward.signal.internal;

import java.util.function.UnaryOperator;

/**
 * An updater that does more than compute a value, so that it must not run twice.
 *
 * @param <T> the type of the value
 */
public interface Replayable<T> extends UnaryOperator<T> {

  /** Computes the next value and does nothing else. */
  T replay(T value);

  /**
   * Whether it is replayed on a state that is loaded later even if it changed nothing when it was
   * made: what changes nothing of one state may change something of another.
   */
  default boolean countsUnchanged() {
    return false;
  }
}
