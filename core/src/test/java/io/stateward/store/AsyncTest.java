package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AsyncTest {

  private static final Instant AT = Instant.parse("2000-01-01T00:00:00Z");
  private static final IllegalStateException ERROR = new IllegalStateException("no network");
  private static final Async<String> IDLE = Async.idle();
  private static final Async<String> PENDING = new Async.Pending<>("old");
  private static final Async<String> READY = Async.ready("new", AT);
  private static final Async<String> FAILED = new Async.Failed<>(ERROR, "old");

  private static String line(Async<String> value) {
    return value.fold(
        () -> "", was -> "loading, was " + was, ready -> ready, failed -> failed.message());
  }

  @Test
  void fold_eachState_callsItsFunction() {
    assertThat(List.of(line(IDLE), line(PENDING), line(READY), line(FAILED)))
        .containsExactly("", "loading, was old", "new", "no network");
    assertThat(line(new Async.Pending<>(null))).isEqualTo("loading, was null");
  }

  @Test
  void map_eachState_keepsTheState() {
    assertThat(IDLE.map(String::length)).isEqualTo(Async.idle());
    assertThat(PENDING.map(String::length)).isEqualTo(new Async.Pending<>(3));
    assertThat(new Async.Pending<String>(null).map(String::length))
        .isEqualTo(new Async.Pending<>(null));
    assertThat(READY.map(String::length)).isEqualTo(Async.ready(3, AT));
    assertThat(FAILED.map(String::length)).isEqualTo(new Async.Failed<>(ERROR, 3));
  }

  @Test
  void valueOrPrevious_eachState_isTheNewestValue() {
    assertThat(IDLE.valueOrPrevious()).isNull();
    assertThat(PENDING.valueOrPrevious()).isEqualTo("old");
    assertThat(READY.valueOrPrevious()).isEqualTo("new");
    assertThat(FAILED.valueOrPrevious()).isEqualTo("old");
    assertThat(FAILED.orElse("other")).isEqualTo("other");
    assertThat(READY.orElse("other")).isEqualTo("new");
  }

  @Test
  void rejection_ofTheType_isTheValue() {
    Async.Failed<String> rejected = new Async.Failed<>(new RejectedException(404), null);

    assertThat(rejected.rejection(Integer.class)).isEqualTo(404);
    assertThat(rejected.rejection(String.class)).isNull();
    assertThat(((Async.Failed<String>) FAILED).rejection(Integer.class)).isNull();
    assertThat(rejected.message()).isEqualTo("Rejected: 404");
    assertThat(new Async.Failed<>(new IllegalStateException(), null).message())
        .isEqualTo("IllegalStateException");
  }
}
