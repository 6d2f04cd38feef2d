package io.stateward.statemachine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.oracle.ChartMaker.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The engine does what the W3C's algorithm says, and with the two deviations what that says with
 * them: the same states left and entered in the same order, the same actions in the same order, the
 * same configuration, timers and context, after every event of random charts.
 *
 * <p>{@code -Dstateward.oracle.charts=1000000} goes through that many more, of other seeds each
 * time, or of those from {@code stateward.oracle.seed} on.
 */
final class OraclePropertyTest {

  @Property(seed = "160301", tries = 1000)
  void strict_withParallels(
      @ForAll("tapes") List<Integer> tape, @ForAll("events") List<Integer> e) {
    compare(new Sort(true, true, false), tape, e);
  }

  @Property(seed = "160302", tries = 500)
  void strict_withoutParallels(
      @ForAll("tapes") List<Integer> tape, @ForAll("events") List<Integer> e) {
    compare(new Sort(true, false, false), tape, e);
  }

  @Property(seed = "160303", tries = 1000)
  void usual_withParallels(@ForAll("tapes") List<Integer> tape, @ForAll("events") List<Integer> e) {
    compare(new Sort(false, true, false), tape, e);
  }

  @Property(seed = "160304", tries = 500)
  void usual_withoutParallels(
      @ForAll("tapes") List<Integer> tape, @ForAll("events") List<Integer> e) {
    compare(new Sort(false, false, false), tape, e);
  }

  @Property(seed = "160305", tries = 1000)
  void plain_withParallels(
      @ForAll("tapes") List<Integer> tape, @ForAll("events") List<Integer> events) {
    compare(new Sort(false, true, true), tape, events);
  }

  @Property(seed = "160306", tries = 1000)
  void plain_withoutParallels(
      @ForAll("tapes") List<Integer> tape, @ForAll("events") List<Integer> events) {
    compare(new Sort(false, false, true), tape, events);
  }

  /** A comparison of charts that do nothing would hold as well: these do something. */
  @Test
  void charts_ofATape_moveOften() {
    Random random = new Random(7);
    int microsteps = 0;
    for (int i = 0; i < 300; i++) {
      microsteps +=
          compare(
              new Sort(i % 2 == 0, true, i % 3 == 0),
              numbers(random, 400, 256),
              numbers(random, 30, 6));
    }

    assertThat(microsteps).isGreaterThan(300 * 10);
  }

  @Test
  @EnabledIfSystemProperty(named = "stateward.oracle.charts", matches = "\\d+")
  void soak() {
    long charts = Long.getLong("stateward.oracle.charts", 0);
    long seed = Long.getLong("stateward.oracle.seed", System.nanoTime());
    for (long i = 0; i < charts; i++) {
      Random random = new Random(seed + i);
      Sort sort = new Sort(random.nextInt(3) == 0, random.nextInt(3) > 0, random.nextBoolean());
      List<Integer> tape = numbers(random, 1 + random.nextInt(500), 256);
      List<Integer> events = numbers(random, 30, 6);
      try {
        compare(sort, tape, events);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed %d, %s: %s".formatted(seed + i, sort, e.getMessage()), e);
      }
    }
  }

  private static int compare(Sort sort, List<Integer> tape, List<Integer> events) {
    List<String> performed = new ArrayList<>();
    ChartSpec chart = ChartMaker.make(new Tape(tape), sort, performed);
    try {
      return Driver.compare(chart, performed, events);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + ChartText.of(chart), e);
    }
  }

  private static List<Integer> numbers(Random random, int count, int below) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(random.nextInt(below));
    }
    return numbers;
  }

  @Provide
  Arbitrary<List<Integer>> tapes() {
    return Arbitraries.integers()
        .between(0, 255)
        .withoutEdgeCases()
        .list()
        .ofMinSize(60)
        .ofMaxSize(400);
  }

  @Provide
  Arbitrary<List<Integer>> events() {
    return Arbitraries.integers().between(0, 5).list().ofMaxSize(25);
  }
}
