package io.stateward.statemachine.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the position of a state that is known from elsewhere, from a column of a row, say. */
final class Arrival {

  private final Chart chart;
  private final Map<String, Object> data = new LinkedHashMap<>();
  private final Map<Class<?>, Object> contexts = new LinkedHashMap<>();

  Arrival(Chart chart) {
    this.chart = chart;
  }

  <S> Position<S> at(Object state, Object[] beside) {
    Node leaf = leaf(state);
    if (chart.form() == Form.DATA) {
      data.put(chart.name(), state);
    }
    for (Object value : beside) {
      add(value);
    }
    for (ChartSpec.ContextSpec context : chart.contexts) {
      require(context.type(), contexts.get(context.type()));
    }
    Class<?> input = chart.input();
    if (chart.form() == Form.KEY && input != null) {
      require(input, data.get(chart.name()));
    }
    return Position.of(chart, parts(leaf));
  }

  private Node leaf(Object state) {
    Node node = chart.byKey(chart.form() == Form.DATA ? state.getClass() : state);
    if (node == null || !node.leaf()) {
      throw new IllegalArgumentException(
          "Machine %s cannot be in %s alone: it is no leaf of it; store a snapshot instead."
              .formatted(chart.name(), state));
    }
    return node;
  }

  private void add(Object value) {
    Class<?> input = chart.input();
    if (chart.form() == Form.KEY && input != null && input.isInstance(value)) {
      data.put(chart.name(), value);
      return;
    }
    Class<?> type =
        Arrays.stream(chart.contexts)
            .<Class<?>>map(ChartSpec.ContextSpec::type)
            .filter(it -> it.isInstance(value))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Machine %s has no data of type %s, so %s cannot be put there."
                            .formatted(chart.name(), value.getClass().getName(), value)));
    contexts.put(type, value);
  }

  private void require(Class<?> type, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "Machine %s is nowhere without a %s; hand one over besides the state."
              .formatted(chart.name(), type.getName()));
    }
  }

  private Parts parts(Node leaf) {
    return new Parts(
        List.of(leaf.name),
        data,
        contexts,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        null,
        false);
  }
}
