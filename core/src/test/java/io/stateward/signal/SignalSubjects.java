package io.stateward.signal;

import java.time.Duration;
import java.util.function.BinaryOperator;

/** What the rules of a signal are checked on. */
interface SignalSubjects {

  /** Returns a new signal that holds a value, and the way to change it. */
  SignalContract.Subject create(int initial);

  /** Returns how long to wait for what must happen before it counts as blocked. */
  default Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** Tells whether commits that overtake each other are told one by one all the same. */
  default boolean tellsEveryCommit() {
    return true;
  }

  /** Combines two signals that are made of the one under test. */
  default Signal<Integer> combine(
      Signal<Integer> first, Signal<Integer> second, BinaryOperator<Integer> combiner) {
    return Signal.combine(first, second, combiner);
  }
}
