package io.stateward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Delivery;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class ManualExecutorTest {

  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> log = new ArrayList<>();

  @Test
  void runAll_conflatingDelivery_tellsTheLatest() {
    Store<String> title = Store.of("title", "");
    Recorder<String> shown = Recorder.of(title, Delivery.latest().on(executor));

    title.set("a");
    title.set("b");
    assertThat(shown.values()).isEmpty();
    executor.runAll();

    assertThat(shown.values()).containsExactly("b");
  }

  @Test
  void runNext_severalQueued_runsTheFirst() {
    executor.execute(() -> log.add("a"));
    executor.execute(() -> log.add("b"));

    executor.runNext();

    assertThat(log).containsExactly("a");
    assertThat(executor.pending()).isEqualTo(1);
  }

  @Test
  void runNext_nothingQueued_saysSo() {
    assertThatThrownBy(executor::runNext)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("No task is queued");
  }

  @Test
  void runAll_tasksQueueMore_runsThemToo() {
    executor.execute(() -> executor.execute(() -> log.add("inner")));

    assertThat(executor.runAll()).isEqualTo(2);
    assertThat(log).containsExactly("inner");
    assertThat(executor.runAll()).isZero();
  }

  @Test
  void runAll_tasksWithoutEnd_isCut() {
    Runnable[] again = new Runnable[1];
    again[0] = () -> executor.execute(again[0]);
    executor.execute(again[0]);

    assertThatThrownBy(executor::runAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1000000 tasks ran and 1 are queued");
  }

  @Test
  void runAll_taskThrows_laterOnesStayQueued() {
    IllegalStateException problem = new IllegalStateException("no");
    executor.execute(
        () -> {
          throw problem;
        });
    executor.execute(() -> log.add("later"));

    assertThatThrownBy(executor::runAll).isSameAs(problem);
    assertThat(executor.pending()).isEqualTo(1);
    executor.runAll();

    assertThat(log).containsExactly("later");
  }

  @Test
  void refuse_thenExecute_isRejectedUntilAccepted() {
    executor.execute(() -> log.add("before"));
    executor.refuse();

    assertThatThrownBy(() -> executor.execute(() -> log.add("refused")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("accept()");
    executor.accept();
    executor.execute(() -> log.add("after"));
    executor.runAll();

    assertThat(log).containsExactly("before", "after");
  }

  @Test
  void refuse_underDelivery_isReportedAndTheChangeComesWithTheNext() {
    Store<Integer> store = Store.of("refused", 0);
    Recorder<Integer> recorder = Recorder.of(store, Delivery.every().on(executor));
    try (Failures failures = Failures.about("refused")) {
      executor.refuse();
      store.set(1);
      assertThat(failures.list()).hasSize(1);
    }

    executor.accept();
    store.set(2);
    executor.runAll();

    assertThat(recorder.values()).containsExactly(1, 2);
  }
}
