package io.stateward.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds each mistake long before its seeds run out. */
final class SimulatorIsSharpTest {

  private static final int SEEDS = 1_000;

  @ParameterizedTest
  @EnumSource
  void run_withAFlaw_finds(Flaw flaw) {
    FlawedSubject flawed = new FlawedSubject(flaw);

    @Nullable AssertionError found =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> Simulation.run(seed, flawed))
            .filter(failure -> failure != null && isOf(flaw, failure))
            .findFirst()
            .orElse(null);

    assertThat(found).as("what %s leads to", flaw).isNotNull();
  }

  private static boolean isOf(Flaw flaw, AssertionError failure) {
    return String.valueOf(failure.getCause().getMessage()).contains(flaw.sign);
  }

  @Test
  void run_ofTheSameSeed_isTheSameRun() {
    LiveSubject live = new LiveSubject();

    for (long seed = 0; seed < 10; seed++) {
      String once = Simulation.trace(seed, live);
      assertThat(once).hasLineCount(Trace.KEPT);
      assertThat(Simulation.trace(seed, live)).isEqualTo(once);
    }
  }
}
