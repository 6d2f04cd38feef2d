package io.stateward.sync.simulation;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A thousand worlds, each bad in its own way. One alone, as the message of a failure says: {@code
 * -Dstateward.simulation.seed=N}. For hours: {@code -Dstateward.simulation.minutes=N}, which begins
 * at {@code -Dstateward.simulation.from=N}.
 */
final class SimulationTest {

  private static final int SEEDS = Integer.getInteger("stateward.simulation.seeds", 1_000);

  private static Subject subject() {
    return new LiveSubject();
  }

  @Test
  void run_ofAThousandSeeds_keepsEveryRule() {
    Long alone = Long.getLong("stateward.simulation.seed");
    if (alone != null) {
      check(alone);
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      check(seed);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "stateward.simulation.minutes", matches = "\\d+")
  void run_forHours_keepsEveryRule() {
    long minutes = Long.getLong("stateward.simulation.minutes", 0);
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    for (long seed = Long.getLong("stateward.simulation.from", 1_000);
        end > System.nanoTime();
        seed++) {
      check(seed);
    }
  }

  private static void check(long seed) {
    AssertionError failure = Simulation.run(seed, subject());
    if (failure != null) {
      throw failure;
    }
  }
}
