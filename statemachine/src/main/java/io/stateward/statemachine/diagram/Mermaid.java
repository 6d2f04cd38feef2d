package io.stateward.statemachine.diagram;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;

/**
 * A machine as a <a href="https://mermaid.js.org/syntax/stateDiagram.html">state diagram of
 * Mermaid</a>, which wikis and code hosts draw.
 *
 * <pre>{@code
 * Snapshot<Status> now = ORDER.begin().snapshot();
 * String text = Mermaid.of(ORDER).highlight(now).toString();
 * assertThat(text).contains("NEW --> RESERVED : RESERVE").contains("class NEW active");
 * }</pre>
 *
 * <p>Superstates and regions are boxes; what a state does, what it answers to without being left,
 * and which events it ignores or defers is written inside of it, or in a note beside a box. Each
 * arrow says {@code event [guard] / actions}. A history is a state {@code H}, or {@code H*} if it
 * is deep. Active leaves are filled, the boxes around them have a strong line; both are legible on
 * a light and on a dark page.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> Any name is drawn: what means something to Mermaid is escaped. Mermaid itself
 * refuses texts of more than 50,000 characters unless its {@code maxTextSize} says otherwise.
 *
 * <p><b>Cost.</b> In proportion to the chart; nothing of the machine is run.
 *
 * @since 0.1
 */
public final class Mermaid {

  private final Chart chart;
  private final Highlight highlight;

  private Mermaid(Chart chart, Highlight highlight) {
    this.chart = chart;
    this.highlight = highlight;
  }

  /**
   * Draws a machine.
   *
   * @param machine the machine
   * @return the drawing, in which nothing stands out
   */
  public static Mermaid of(Machine<?, ?> machine) {
    return new Mermaid(((ChartMachine<?, ?>) machine).chart(), Highlight.NONE);
  }

  /**
   * Makes the active states stand out.
   *
   * @param snapshot where an instance of the machine stands
   * @return another drawing
   * @throws IllegalArgumentException if the snapshot is of another machine
   */
  public Mermaid highlight(Snapshot<?> snapshot) {
    return new Mermaid(chart, Highlight.of(chart, snapshot));
  }

  /**
   * Makes the states that are active now stand out.
   *
   * @param actor an instance of the machine; what becomes of it later does not change the drawing
   * @return another drawing
   * @throws IllegalArgumentException if the actor is of another machine
   */
  public Mermaid highlight(Actor<?, ?> actor) {
    return highlight(actor.snapshot());
  }

  /**
   * Makes the states that are active after a step stand out, and marks the transitions that it
   * took.
   *
   * @param step what an event led to
   * @return another drawing
   * @throws IllegalArgumentException if the step is of another machine
   */
  public Mermaid highlight(Step<?> step) {
    return new Mermaid(chart, Highlight.of(chart, step));
  }

  /**
   * Returns the text of the drawing.
   *
   * @return lines, each ended by a line feed
   */
  @Override
  public String toString() {
    Ids ids = new Ids(chart);
    return Sketch.draw(chart, highlight, new MermaidDialect(chart, highlight, ids), ids);
  }
}
