package io.stateward.statemachine.diagram;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;

/**
 * A machine as a <a href="https://plantuml.com/state-diagram">state diagram of PlantUML</a>.
 *
 * <pre>{@code
 * Step<Status> step = ORDER.step(ORDER.begin().snapshot(), Event.RESERVE);
 * String text = PlantUml.of(ORDER).highlight(step).toString();
 * assertThat(text).contains("NEW -[#E65100,bold]-> RESERVED : RESERVE");
 * }</pre>
 *
 * <p>Superstates and regions are boxes; what a state does, what it answers to without being left,
 * and which events it ignores or defers is written inside of it. Regions are dashed. Each arrow
 * says {@code event [guard] / actions}. Histories are the circles that UML has for them. Active
 * leaves are filled, the boxes around them have a strong line.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> Any name is drawn: what means something to PlantUML is escaped.
 *
 * <p><b>Cost.</b> In proportion to the chart; nothing of the machine is run.
 *
 * @since 0.1
 */
public final class PlantUml {

  private final Chart chart;
  private final Highlight highlight;

  private PlantUml(Chart chart, Highlight highlight) {
    this.chart = chart;
    this.highlight = highlight;
  }

  /**
   * Draws a machine.
   *
   * @param machine the machine
   * @return the drawing, in which nothing stands out
   */
  public static PlantUml of(Machine<?, ?> machine) {
    return new PlantUml(((ChartMachine<?, ?>) machine).chart(), Highlight.NONE);
  }

  /**
   * Makes the active states stand out.
   *
   * @param snapshot where an instance of the machine stands
   * @return another drawing
   * @throws IllegalArgumentException if the snapshot is of another machine
   */
  public PlantUml highlight(Snapshot<?> snapshot) {
    return new PlantUml(chart, Highlight.of(chart, snapshot));
  }

  /**
   * Makes the states that are active now stand out.
   *
   * @param actor an instance of the machine; what becomes of it later does not change the drawing
   * @return another drawing
   * @throws IllegalArgumentException if the actor is of another machine
   */
  public PlantUml highlight(Actor<?, ?> actor) {
    return highlight(actor.snapshot());
  }

  /**
   * Makes the states that are active after a step stand out, and the transitions that it took.
   *
   * @param step what an event led to
   * @return another drawing
   * @throws IllegalArgumentException if the step is of another machine
   */
  public PlantUml highlight(Step<?> step) {
    return new PlantUml(chart, Highlight.of(chart, step));
  }

  /**
   * Returns the text of the drawing.
   *
   * @return lines, each ended by a line feed, from {@code @startuml} to {@code @enduml}
   */
  @Override
  public String toString() {
    return Sketch.draw(chart, highlight, new PlantUmlDialect(), new Ids(chart));
  }
}
