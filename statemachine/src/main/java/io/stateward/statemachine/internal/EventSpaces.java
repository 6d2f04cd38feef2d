package io.stateward.statemachine.internal;

/** Finds how the events of a type are told apart. */
public final class EventSpaces {

  private EventSpaces() {}

  /** Returns the space of an enum, or of a sealed hierarchy of records, final classes and enums. */
  public static EventSpace of(String machine, Class<?> events) {
    return events.isEnum() ? EnumEvents.of(events) : TypedEvents.of(machine, events);
  }
}
