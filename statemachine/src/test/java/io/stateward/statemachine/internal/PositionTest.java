package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Positions that are made of parts; that those of a running machine come back is a property. */
final class PositionTest {

  private static final Chart CHART =
      Compiler.compile(
          chart(
              atomic("start").on("go", "p").after(Duration.ofSeconds(1), "p"),
              parallel(
                  "p",
                  compound("a", atomic("a1").on("e", "a2"), atomic("a2")),
                  compound("b", atomic("b1").on("e", "start"), atomic("b2")))));

  private static Parts parts(String... leaves) {
    return new Parts(
        List.of(leaves),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        null,
        false);
  }

  @Test
  void of_leavesOfEachRegion_isAPosition() {
    Position<List<String>> position = Position.of(CHART, parts("a2", "b1"));
    assertThat(position.active()).containsExactly("chart", "p", "a", "a2", "b", "b1");
    assertThat(position.state()).containsExactly("a2", "b1");
    assertThat(position).hasToString("chart in [a2, b1]");
    assertThat(position).isNotEqualTo(Position.of(CHART, parts("a1", "b1")));
  }

  @Test
  void of_oneLeaf_keepsNothingElse() {
    Position<List<String>> position = Position.of(CHART, parts("start"));
    assertThat(position.leaf).isEqualTo(1);
    assertThat(position.extras).isNull();
  }

  @Test
  void of_whatCannotBe_isRefusedWithTheReason() {
    refused(parts("a1"), "Of [a, b] in state p 1 are active and not 2");
    refused(parts("a1", "a2", "b1"), "[a1, a2] in state a 2 are active and not 1");
    refused(parts("nowhere"), "no state nowhere");
    refused(parts("p"), "p is not a leaf");
    refused(parts(), "are active and not 1");
  }

  @Test
  void of_pendingThingsOfStatesThatAreNotActive_areRefused() {
    PendingTimer timer = new PendingTimer("start", "after PT1S", 0, Instant.EPOCH, null);
    assertThat(Position.of(CHART, parts("start").timers(List.of(timer))).timers()).hasSize(1);
    refused(parts("a1", "b1").timers(List.of(timer)), "start is not active");
    refused(
        parts("start").timers(List.of(new PendingTimer("start", "x", 0, Instant.EPOCH, null))),
        "no timer called x");
    refused(
        parts("start").invocations(List.of(new Invocation("start", "work", 0, null))),
        "invokes nothing called work");
  }

  @Test
  void of_pendingThingsWithOneNumber_isRefused() {
    PendingTimer timer = new PendingTimer("start", "after PT1S", 7, Instant.EPOCH, null);
    refused(parts("start").timers(List.of(timer, timer)), "not its alone");
    PendingTimer less = new PendingTimer("start", "after PT1S", -1, Instant.EPOCH, null);
    refused(parts("start").timers(List.of(less)), "negative");
  }

  private static Parts past(String history, String... states) {
    List<Parts.Kept> kept =
        java.util.Arrays.stream(states).map(it -> new Parts.Kept(it, null)).toList();
    return new Parts(
        List.of("out"),
        Map.of(),
        Map.of(),
        Map.of(history, kept),
        List.of(),
        List.of(),
        List.of(),
        0,
        null,
        false);
  }

  @Test
  void of_historyThatCannotBe_isRefused() {
    Chart chart =
        Compiler.compile(
            chart(
                atomic("out"),
                compound(
                        "c",
                        Sketch.shallow("h").begins("c1"),
                        Sketch.deep("d").begins("c1"),
                        atomic("c1"),
                        compound("c2", atomic("c21"), atomic("c22")))
                    .begins("c1")));
    for (Parts good : List.of(past("h", "c2"), past("d", "c21"), past("d", "c1"))) {
      assertThat(Position.of(chart, good).leaves()).containsExactly("out");
    }
    Map<Parts, String> wrong =
        Map.of(
            past("h", "out"), "cannot remember out",
            past("h", "c21"), "cannot remember c21",
            past("d", "c2"), "cannot remember c2",
            past("h", "c1", "c2"), "remembers 2 states",
            past("h"), "remembers 0 states",
            past("d", "c21", "c22"), "2 are active and not 1");
    wrong.forEach(
        (parts, reason) ->
            assertThatThrownBy(() -> Position.of(chart, parts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason));
  }

  private static void refused(Parts parts, String reason) {
    assertThatThrownBy(() -> Position.of(CHART, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chart")
        .hasMessageContaining(reason);
  }
}
