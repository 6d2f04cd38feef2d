package io.stateward.statemachine.internal;

import org.jspecify.annotations.Nullable;

/** Tells the kind of an event, and refuses those of other machines. */
final class Events {

  private Events() {}

  static int kind(Chart chart, @Nullable Object event) {
    if (event == null) {
      throw new IllegalArgumentException(
          "The machine %s takes %s, but was given null; an event is an object."
              .formatted(chart.name(), chart.events().label()));
    }
    int kind = chart.events().kindOf(event);
    if (kind < 0) {
      throw new IllegalArgumentException(
          "The event %s is a %s, but the machine %s takes %s."
              .formatted(event, event.getClass().getName(), chart.name(), chart.events().label()));
    }
    return kind;
  }
}
