package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.EventSpace;
import io.stateward.statemachine.internal.Trigger;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the events that a transition answers to, for languages that know names only. */
final class Events {

  /** What stands for every event. */
  static final String ANY = "*";

  private Events() {}

  /**
   * Returns the names: the descriptors of the document that a chart was read from; else {@code *}
   * where every kind of event is meant, or the name of each kind that is.
   */
  static List<String> of(EventSpace space, Trigger.On trigger) {
    if (space.open() || trigger.label().equals(ANY)) {
      return List.of(trigger.label().strip().split("\\s+"));
    }
    List<String> names =
        IntStream.range(0, space.size())
            .filter(kind -> trigger.kinds().test(space.key(kind)))
            .mapToObj(space::name)
            .toList();
    return names.size() == space.size() && names.size() > 1 ? List.of(ANY) : names;
  }
}
