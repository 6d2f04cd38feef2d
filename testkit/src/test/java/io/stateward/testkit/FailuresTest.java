package io.stateward.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Probe;
import io.stateward.store.Store;
import org.junit.jupiter.api.Test;

final class FailuresTest {

  private static void fail(Store<Integer> store, RuntimeException problem) {
    store.subscribe(
        change -> {
          throw problem;
        });
    store.update(n -> n + 1);
  }

  @Test
  void list_subscriberThrows_hasWhereAndWhy() {
    IllegalStateException problem = new IllegalStateException("no");
    try (Failures failures = Failures.record()) {
      assertThat(failures.none()).isTrue();

      fail(Store.of("orders", 0), problem);

      assertThat(failures.none()).isFalse();
      assertThat(failures.list())
          .singleElement()
          .satisfies(failure -> assertThat(failure.where()).contains("orders"))
          .extracting(Probe.Failed::cause)
          .isSameAs(problem);
    }
  }

  @Test
  void about_failuresOfOthers_areLeftOut() {
    try (Failures failures = Failures.about("orders")) {
      fail(Store.of("carts", 0), new IllegalStateException("other"));
      assertThat(failures.none()).isTrue();

      fail(Store.of("orders", 0), new IllegalStateException("ours"));

      assertThat(failures.list()).hasSize(1);
    }
  }

  @Test
  void close_thenFailure_recordsNoMore() {
    Failures failures = Failures.record();
    fail(Store.of("before", 0), new IllegalStateException("before"));

    failures.close();
    fail(Store.of("after", 0), new IllegalStateException("after"));

    assertThat(failures.list()).hasSize(1);
  }
}
