package io.stateward.statemachine.diagram;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;

/**
 * A machine as the JSON that XState's {@code createMachine} takes, in the form of its version 5:
 * for its visualizer, and for clients that follow the same chart.
 *
 * <pre>{@code
 * String json = XStateJson.of(ORDER).toString();
 * assertThat(json).contains("\"initial\": \"OPEN\"").contains("\"target\": \"#RESERVED\"");
 * }</pre>
 *
 * <p>Guards, actions, timers whose time depends on data, and invoked work are names, to be given by
 * {@code setup}. A state has its name as key and id, unless that has other signs than letters,
 * digits and underscores: then the nearest one that has not, and the name as description. A
 * transition that leaves and enters its source again says {@code reenter}.
 *
 * <p>What XState does not know is a transition that does nothing: one that ignores or defers its
 * event, with the word in its {@code meta}. Limits of invoked work stand in the {@code meta} of its
 * state; what a time-out leads to is an {@code after}. In XState, a transition into one region of a
 * parallel state begins the others anew.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> In proportion to the chart; nothing of the machine is run.
 *
 * @since 0.1
 */
public final class XStateJson {

  private final Chart chart;

  private XStateJson(Chart chart) {
    this.chart = chart;
  }

  /**
   * Describes a machine.
   *
   * @param machine the machine
   * @return its description
   */
  public static XStateJson of(Machine<?, ?> machine) {
    return new XStateJson(((ChartMachine<?, ?>) machine).chart());
  }

  /**
   * Returns the JSON, indented.
   *
   * @return lines, each ended by a line feed
   */
  @Override
  public String toString() {
    return Json.of(new XStateWriter(chart).machine());
  }
}
