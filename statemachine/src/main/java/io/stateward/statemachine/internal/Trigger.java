package io.stateward.statemachine.internal;

import java.util.Objects;
import java.util.function.Predicate;

/** What a transition answers to. */
public sealed interface Trigger {

  /**
   * An event from outside, or one that was raised.
   *
   * @param label for people: a name, a descriptor
   * @param kinds whether a kind of event, by its {@link EventSpace#key}, is meant
   */
  record On(String label, Predicate<Object> kinds) implements Trigger {}

  /** Returns the trigger for a type of event, or for a constant. */
  static On on(Object meant) {
    Objects.requireNonNull(meant, "event");
    if (meant instanceof Class<?> type) {
      return new On(
          type.getSimpleName(),
          kind ->
              kind instanceof Class<?> known
                  ? type.isAssignableFrom(known)
                  : type.isInstance(kind));
    }
    return new On(meant.toString(), meant::equals);
  }

  /** Returns the trigger for every event. */
  static On any() {
    return new On("*", kind -> true);
  }

  /** Nothing: taken as soon as its guard allows. */
  record Always() implements Trigger {}

  /** Its source, a compound or a parallel, has come to its end. */
  record Done() implements Trigger {}

  /**
   * A time has passed.
   *
   * @param timer which, of the same source
   */
  record After(TimerSpec timer) implements Trigger {}

  /**
   * Invoked work has ended.
   *
   * @param invoke which, of the same source
   * @param ending how
   */
  record Ended(InvokeSpec invoke, Ending ending) implements Trigger {}

  /** Where a state begins: no trigger at all. */
  record Initial() implements Trigger {}

  /** How invoked work ends. */
  enum Ending {
    DONE,
    ERROR,
    TIMEOUT
  }
}
