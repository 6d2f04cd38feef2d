package io.stateward.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation passes what is right, and finds each mistake long before its seeds run out. */
final class SimulatorIsSharpTest {

  private static final int SEEDS = 1_000;

  @Test
  void run_ofANaiveButRightHubAndClient_findsNothing() {
    NaiveSubject right = new NaiveSubject(Set.of());

    for (long seed = 0; seed < 100; seed++) {
      AssertionError failure = Simulation.run(seed, right);
      if (failure != null) {
        throw failure;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_withAFlaw_findsIt(Flaw flaw) {
    NaiveSubject flawed = new NaiveSubject(Set.of(flaw));

    @Nullable AssertionError found =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> Simulation.run(seed, flawed))
            .filter(failure -> failure != null)
            .findFirst()
            .orElse(null);

    assertThat(found).as("what %s leads to", flaw).isNotNull();
  }

  @Test
  void run_ofTheSameSeed_isTheSameRun() {
    NaiveSubject flawed = new NaiveSubject(Set.of(Flaw.ACCEPTS_GAPS, Flaw.SKIPS_ON_RESUME));

    assertThat(LongStream.range(0, 10).mapToObj(seed -> said(seed, flawed)).toList())
        .isEqualTo(LongStream.range(0, 10).mapToObj(seed -> said(seed, flawed)).toList())
        .anyMatch(said -> !said.isEmpty());
  }

  private static String said(long seed, Subject subject) {
    AssertionError failure = Simulation.run(seed, subject);
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }
}
