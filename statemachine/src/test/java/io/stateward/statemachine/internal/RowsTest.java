package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.last;
import static io.stateward.statemachine.internal.Sketch.made;
import static io.stateward.statemachine.internal.Sketch.strict;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stateward.statemachine.Snapshot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What large charts hold of what was worked out: little more than what was asked for. */
final class RowsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long megabytes(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return (THREADS.getCurrentThreadAllocatedBytes() - before) >> 20;
  }

  private static Sketch around() {
    Sketch[] leaves =
        IntStream.range(0, 5_000).mapToObj(i -> atomic("s" + i)).toArray(Sketch[]::new);
    Sketch around = compound("around", leaves);
    IntStream.range(0, 2_000).forEach(i -> around.on("e" + i, "s" + (i + 1)));
    return around;
  }

  @Test
  void on_eventsOfASuperstateOfManyLeaves_makesCellsOfActiveLeavesAlone() {
    for (ChartSpec spec : List.of(Sketch.chart(around()), strict(around()))) {
      ChartMachine<List<String>, String> machine = made(spec);
      Snapshot<List<String>> begun = machine.begin().snapshot();
      long used =
          megabytes(
              () -> {
                Snapshot<List<String>> at = begun;
                for (int i = 0; i < 200; i++) {
                  at = machine.step(at, "e" + i).snapshot();
                }
                assertThat(at.leaves()).containsExactly("s200");
              });
      assertThat(used).isLessThan(40);
    }
  }

  @Test
  void done_ofManyStates_holdsNothingWhereNothingAnswers() {
    Sketch[] states =
        IntStream.range(0, 3_000)
            .mapToObj(i -> compound("c" + i, last("f" + i)))
            .toArray(Sketch[]::new);
    Chart chart = Compiler.compile(Sketch.chart(states));
    long used =
        megabytes(
            () -> {
              for (Node node : chart.nodes) {
                if (!chart.rows.done(node, null).empty) {
                  throw new AssertionError(node);
                }
              }
            });
    assertThat(used).isLessThan(20);
  }

  @Test
  void on_leafOutsideOfWhatAnswers_offersNothing() {
    Chart chart =
        Compiler.compile(
            Sketch.chart(atomic("a"), compound("c", atomic("d").on("go", "a")), atomic("z")));
    int go = chart.events().kindOf("go");
    assertThat(chart.candidates(chart.node("d"), go)).hasSize(1);
    assertThat(chart.candidates(chart.node("a"), go)).isEmpty();
    assertThat(chart.candidates(chart.node("z"), go)).isEmpty();
  }
}
