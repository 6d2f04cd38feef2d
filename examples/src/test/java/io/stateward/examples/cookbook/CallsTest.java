package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Backoff;
import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Retry;
import io.stateward.flow.SingleFlight;
import io.stateward.flow.Task;
import io.stateward.scope.Scope;
import io.stateward.store.Store;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class CallsTest {

  private static final User ADA = new User("Ada", new Address("12 Byron Street", "London"));

  private final List<Long> asked = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final Scope page = Scope.root("page");
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final ManualExecutor executor = new ManualExecutor();

  private Calls.Api failing(int times) {
    return id -> {
      asked.add(id);
      if (asked.size() <= times) {
        throw new IOException("no network");
      }
      return ADA;
    };
  }

  @Test
  void start_result_isShown() {
    Calls.start(Calls.call(executor, failing(0)), page, shown::add);
    executor.runAll();

    assertThat(shown).containsExactly("Ada");
  }

  @Test
  void start_scopeCloses_cancels() {
    Calls.start(Calls.call(executor, failing(0)), page, shown::add);
    page.close();
    executor.runAll();

    assertThat(shown).containsExactly("");
    assertThat(asked).isEmpty();
  }

  @Test
  void persistent_failsFourTimes_succeeds() throws InterruptedException {
    Call<Long, User> call = Calls.persistent(Calls.call(Runnable::run, failing(4)), time);

    Task<User> task = call.start(7L);
    time.advance(Duration.ofSeconds(59));

    assertThat(task.await()).isEqualTo(new Outcome.Done<>(ADA));
    assertThat(asked).hasSize(5);
  }

  @Test
  void persistent_failsFiveTimes_givesUp() throws InterruptedException {
    Call<Long, User> call = Calls.persistent(Calls.call(Runnable::run, failing(5)), time);

    Task<User> task = call.start(7L);
    time.advance(Duration.ofSeconds(59));

    assertThat(task.await())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, it -> assertThat(it.cause()).hasMessage("no network"));
    assertThat(asked).hasSize(5);
  }

  @Test
  void persistent_noAnswer_isOverInTime() throws InterruptedException {
    Call<Long, User> call = Calls.persistent(Calls.call(executor, failing(0)), time);

    Task<User> task = call.start(7L);
    time.advance(Duration.ofSeconds(5));

    assertThat(task.await())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            it -> assertThat(it.cause()).isInstanceOf(TimeoutException.class));
  }

  @Test
  void here_failsTwice_returnsTheResult() throws Exception {
    Retry retry = Retry.after(Backoff.fixed(Duration.ZERO)).attempts(3);
    Calls.Api api = failing(2);

    assertThat(Calls.here(retry, () -> api.user(7L))).isEqualTo(ADA);
    assertThat(asked).hasSize(3);
  }

  @Test
  void shared_twoCallers_oneRequest() throws InterruptedException {
    SingleFlight<Long, User> users = Calls.shared(page, Calls.call(executor, failing(0)));

    Task<User> yours = Calls.both(users);
    executor.runAll();

    assertThat(yours.await()).isEqualTo(new Outcome.Done<>(ADA));
    assertThat(asked).containsExactly(7L);
    assertThat(users.size()).isZero();
  }

  @Test
  void until_condition_isWaitedFor() throws InterruptedException {
    Store<Integer> stock = Store.of("stock", 0);
    Task<Integer> enough = Calls.until(stock, time);

    stock.set(9);
    assertThat(enough.isDone()).isFalse();
    stock.set(12);

    assertThat(enough.await()).isEqualTo(new Outcome.Done<>(12));
  }

  @Test
  void spelledOut_work_keepsItsTypes() throws InterruptedException {
    Task<User> task = Calls.spelledOut(Runnable::run, time).start(7L);

    assertThat(task.await())
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            it -> assertThat(it.value()).isEqualTo(new User("user 7", new Address("", ""))));
  }
}
