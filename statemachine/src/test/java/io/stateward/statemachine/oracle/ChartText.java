package io.stateward.statemachine.oracle;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.stream.Collectors;

/** A chart as people can read it in a failure. */
final class ChartText {

  private ChartText() {}

  static String of(ChartSpec chart) {
    StringBuilder text = new StringBuilder(chart.strict() ? "strict\n" : "not strict\n");
    append(chart.root(), "", text);
    return text.toString();
  }

  private static void append(StateSpec state, String indent, StringBuilder text) {
    text.append(indent).append(state.kind()).append(' ').append(state.name());
    if (state.initial() != null) {
      text.append(" begins").append(arc(state.initial()));
    }
    text.append(" entry ")
        .append(names(state.entry()))
        .append(" exit ")
        .append(names(state.exit()));
    text.append('\n');
    for (ArcSpec arc : state.arcs()) {
      text.append(indent).append("  on ").append(label(arc.trigger()));
      if (arc.guard() != null) {
        text.append(" [").append(arc.guard().name()).append(']');
      }
      text.append(arc.external() ? " external" : "").append(arc(arc)).append('\n');
    }
    state.children().forEach(child -> append(child, indent + "    ", text));
  }

  private static String label(Trigger trigger) {
    return trigger instanceof Trigger.On on ? on.label() : trigger.getClass().getSimpleName();
  }

  private static String arc(ArcSpec arc) {
    String targets =
        arc.targets().stream().map(it -> it.state().name()).collect(Collectors.joining(" "));
    return " -> " + targets + " / assigns " + arc.assigns().size() + " " + names(arc.actions());
  }

  private static String names(Iterable<Action> actions) {
    StringBuilder names = new StringBuilder("[");
    actions.forEach(
        it ->
            names.append(it.getClass().getSimpleName()).append(' ').append(it.name()).append(", "));
    return names.append(']').toString();
  }
}
