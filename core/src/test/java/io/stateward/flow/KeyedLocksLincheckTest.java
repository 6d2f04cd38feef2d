package io.stateward.flow;

import io.stateward.flow.KeyedLocks.Held;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Keyed locks, with two keys that share a place.
 *
 * <p>Claimed: what is done under a key is done by one thread at a time, under one key and under
 * several; every operation ends; and when all have, nothing is held.
 *
 * <p>Excluded: waiting for a limited time and interrupts, which the model checker does not know.
 */
final class KeyedLocksLincheckTest {

  private static final int PLACES = 2; // few, since the model checker looks at each

  @Test
  void keyedLocks_underTheModelChecker_excludeEachOther() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(50)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(3)
        .actorsAfter(0)
        .sequentialSpecification(Counters.class)
        .check(Locked.class);
  }

  /** Time is not asked for; other timekeepers have state that the model checker would look into. */
  private static final class NoTime implements Timekeeper {
    @Override
    public Instant now() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long nanoTime() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }

  /** Counters that are only safe under the locks of their keys. */
  public static class Counters {
    final int[] counts = new int[2];

    /** Counts under one key. */
    @Operation
    public int one() {
      return ++counts[0];
    }

    /** Counts under another key of the same place. */
    @Operation
    public int neighbour() {
      return ++counts[1];
    }

    /** Counts under both. */
    @Operation
    public int both() {
      return 10 * ++counts[0] + ++counts[1];
    }
  }

  /** The same, under locks. */
  public static final class Locked extends Counters {
    private final KeyedLocks<Integer> locks = new KeyedLocks<>("checked", new NoTime(), PLACES);

    @Override
    @Operation
    public int one() {
      try (Held held = locks.lock(1)) {
        return super.one();
      }
    }

    @Override
    @Operation
    public int neighbour() {
      try (Held held = locks.lock(1 + PLACES)) {
        return super.neighbour();
      }
    }

    @Override
    @Operation
    public int both() {
      try (Held held = locks.lockAll(List.of(1 + PLACES, 1))) {
        return super.both();
      }
    }

    /** In the end nothing is held; looked up where it would be, since each look is a step. */
    @Validate
    public void nothingIsHeld() {
      if (locks.table().place(1) != null) {
        throw new IllegalStateException("a key is held");
      }
    }
  }
}
