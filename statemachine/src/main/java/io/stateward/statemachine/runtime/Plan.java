package io.stateward.statemachine.runtime;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all actors of a machine share in one place, so that each of them is small.
 *
 * @param home where they live
 * @param machine the definition
 * @param chart the same, as the engine knows it
 */
public record Plan<S, E>(Home home, Machine<S, E> machine, Chart chart) {

  static <S, E> Plan<S, E> of(Home home, Machine<S, E> machine) {
    return new Plan<>(home, machine, chart(machine));
  }

  /** The time that a step needs; null if none does. */
  public @Nullable Instant now() {
    return chart.usesTime() ? home.now() : null;
  }

  private static Chart chart(Machine<?, ?> machine) {
    if (machine instanceof ChartMachine<?, ?> known) {
      return known.chart();
    }
    throw new IllegalArgumentException(
        "Machine '%s' is a %s; actors run those that Machine.define makes."
            .formatted(machine.name(), machine.getClass().getName()));
  }

  /** Refuses an event of another machine, where its sender hears of it. */
  void check(Object event) {
    if (chart.events().kindOf(event) < 0) {
      throw new IllegalArgumentException(
          "%s is no event of machine '%s', which takes %s. It was not sent."
              .formatted(event, machine.name(), chart.events().label()));
    }
  }
}
