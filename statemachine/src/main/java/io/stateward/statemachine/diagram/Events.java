package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.EventSpace;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Trigger;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the events that a transition answers to, for languages that know names only. */
final class Events {

  /** What stands for every event. */
  static final String ANY = "*";

  private Events() {}

  /**
   * Returns the names: the descriptors of the document that a chart was read from; else the name of
   * each kind that is meant, even where that is every one, as {@code *} would mean the ends of
   * states and of work as well.
   */
  static List<String> of(Chart chart, Trigger.On trigger) {
    EventSpace space = chart.events();
    boolean document = chart.strict() && chart.form() == Form.NAMES;
    if (document) {
      return List.of(trigger.label().strip().split("\\s+"));
    }
    List<String> names =
        IntStream.range(0, space.size())
            .filter(kind -> trigger.kinds().test(space.key(kind)))
            .mapToObj(space::name)
            .toList();
    return names.isEmpty() ? List.of(trigger.label()) : names; // none: it is only raised
  }
}
