package io.stateward.statemachine.diagram;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;

/**
 * A machine as a document of the W3C's "State Chart XML (SCXML)", 2015.
 *
 * <pre>{@code
 * String document = ScxmlText.of(ORDER).toString();
 * assertThat(document).contains("<transition event=\"RESERVE\" target=\"RESERVED\"/>");
 * }</pre>
 *
 * <p>A guard is the {@code cond} of its transition, by its name. Where all guards are of the form
 * {@code In(state)}, the document has the data model {@code null} and runs anywhere; else it has
 * {@code stateward}, which is the W3C's way to say that whoever runs it must know these names. An
 * action is a {@code log} with its name. A timer is an event that is sent on entry and cancelled on
 * exit; the end of work that {@code NAME} of state {@code S} is, is {@code done.invoke.S.NAME},
 * {@code error.invoke.S.NAME} or {@code timeout.invoke.S.NAME}. Names that XML does not allow as
 * ids are changed and stand, as they were, in attributes of the namespace {@value #NAMESPACE}; so
 * does what the W3C has no word for: that an event is ignored or deferred.
 *
 * <p>The W3C's rules are those of machines that are read from such documents. A machine of types
 * differs from them where a transition leads into one region of a parallel state.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> In proportion to the chart; nothing of the machine is run.
 *
 * @since 0.1
 */
public final class ScxmlText {

  /** The namespace of what the W3C has no words for. */
  public static final String NAMESPACE = "urn:stateward:statemachine";

  private final Chart chart;

  private ScxmlText(Chart chart) {
    this.chart = chart;
  }

  /**
   * Describes a machine.
   *
   * @param machine the machine
   * @return its description
   */
  public static ScxmlText of(Machine<?, ?> machine) {
    return new ScxmlText(((ChartMachine<?, ?>) machine).chart());
  }

  /**
   * Returns the document, indented.
   *
   * @return lines, each ended by a line feed
   */
  @Override
  public String toString() {
    return new ScxmlWriter(chart).document();
  }
}
