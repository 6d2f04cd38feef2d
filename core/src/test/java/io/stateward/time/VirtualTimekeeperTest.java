package io.stateward.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualTimekeeperTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<String> ran = new ArrayList<>();

  private void schedule(String name, Duration delay) {
    time.schedule(delay, () -> ran.add(name + "@" + Duration.ofNanos(time.nanoTime())));
  }

  @Test
  void advance_throughSeveralTasks_runsThemByDueTimeThenByOrder() {
    schedule("late", SECOND.multipliedBy(3));
    schedule("first", SECOND);
    schedule("second", SECOND);

    time.advance(SECOND.multipliedBy(2));
    assertThat(ran).containsExactly("first@PT1S", "second@PT1S");
    assertThat(time.pending()).isEqualTo(1);
    time.advance(SECOND);

    assertThat(ran).endsWith("late@PT3S");
    assertThat(time.pending()).isZero();
  }

  @Test
  void advance_dueTime_isInclusive() {
    schedule("task", SECOND);

    time.advance(SECOND.minusNanos(1));
    assertThat(ran).isEmpty();
    time.advance(Duration.ofNanos(1));

    assertThat(ran).containsExactly("task@PT1S");
  }

  @Test
  void advance_taskThatSchedules_runsWithinTheSameStretch() {
    time.schedule(SECOND, () -> schedule("again", SECOND));

    time.advance(SECOND.multipliedBy(2));

    assertThat(ran).containsExactly("again@PT2S");
  }

  @Test
  void advance_zero_runsWhatIsDueNow() {
    schedule("now", Duration.ofSeconds(-5));
    assertThat(ran).isEmpty();

    time.advance(Duration.ZERO);

    assertThat(ran).containsExactly("now@PT0S");
  }

  @Test
  void advance_taskThatThrows_standsThereAndGoesOnNextTime() {
    time.schedule(
        SECOND,
        () -> {
          throw new IllegalStateException("foreign");
        });
    schedule("next", SECOND);

    assertThatThrownBy(() -> time.advance(SECOND.multipliedBy(9))).hasMessage("foreign");

    assertThat(time.nanoTime()).isEqualTo(SECOND.toNanos());
    time.advance(Duration.ZERO);
    assertThat(ran).containsExactly("next@PT1S");
  }

  @Test
  void advance_negative_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
        .withMessageContaining("PT-1S");
  }

  @Test
  void cancel_once_preventsTheTaskAndSaysSo() {
    Timer timer = time.schedule(SECOND, () -> ran.add("never"));

    assertThat(timer.cancel()).isTrue();
    assertThat(timer.cancel()).isFalse();
    time.advance(SECOND);

    assertThat(ran).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void cancel_afterItRan_saysNo() {
    Timer timer = time.schedule(SECOND, () -> ran.add("once"));
    time.advance(SECOND);

    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void now_afterAdvance_movesWithTheMonotonicClock() {
    Instant start = Instant.parse("2030-06-01T12:00:00Z");
    VirtualTimekeeper later = VirtualTimekeeper.startingAt(start);

    later.advance(Duration.ofMinutes(5));

    assertThat(later.now()).isEqualTo(start.plus(Duration.ofMinutes(5)));
    assertThat(later.nanoTime()).isEqualTo(Duration.ofMinutes(5).toNanos());
  }
}
