package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.EventSpace;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The kinds of events that a chart tells apart: all of a closed space; of an open one those that
 * the chart names, and one for any other.
 */
final class Alphabet {

  /** Stands for the events of an open space that the chart does not name. */
  private static final String OTHER = "(any other)";

  private final List<Object> keys = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final boolean open;

  Alphabet(Chart chart) {
    EventSpace events = chart.events();
    open = events.open();
    if (open) {
      Set<String> named = named(chart);
      named.add(OTHER);
      keys.addAll(named);
      names.addAll(named);
    } else {
      for (int kind = 0; kind < events.size(); kind++) {
        keys.add(events.key(kind));
        names.add(events.name(kind));
      }
    }
  }

  private static Set<String> named(Chart chart) {
    Set<String> named = new LinkedHashSet<>();
    for (Arc arc : chart.arcs()) {
      if (arc.trigger() instanceof Trigger.On on) {
        for (String descriptor : on.label().split("\\s+", -1)) {
          named.add(
              descriptor.endsWith(".*")
                  ? descriptor.substring(0, descriptor.length() - 2)
                  : descriptor);
        }
      }
      for (Action action : arc.actions()) {
        if (action instanceof Action.Raise raise) {
          named.add(raise.name());
        }
      }
    }
    named.removeAll(Set.of("*", ""));
    return named;
  }

  int size() {
    return keys.size();
  }

  String name(int kind) {
    return names.get(kind);
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** Returns the kind that people call by a name, or -1. */
  int named(String name) {
    return names.indexOf(name);
  }

  /** Whether the kinds are all that there are. */
  boolean closed() {
    return !open;
  }

  /** Returns the kinds that a trigger means; none if it is not for events. */
  BitSet kinds(Trigger trigger) {
    BitSet meant = new BitSet();
    if (trigger instanceof Trigger.On on) {
      for (int kind = 0; kind < keys.size(); kind++) {
        if (on.kinds().test(keys.get(kind))) {
          meant.set(kind);
        }
      }
    }
    return meant;
  }
}
