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

  private static void refused(Parts parts, String reason) {
    assertThatThrownBy(() -> Position.of(CHART, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chart")
        .hasMessageContaining(reason);
  }
}
