package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.FeedbackLoopException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Overflow;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows of the table in failures.md; those about scopes are in {@link ScopesTest}. */
final class FailuresTest {

  private final List<String> shown = new ArrayList<>();
  private final List<Probe.Failed> failures = new CopyOnWriteArrayList<>();
  private final Store<Integer> store = Store.of("count", 0);
  private Subscription watching = () -> {};

  @BeforeEach
  void watch() {
    watching =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failure) {
                failures.add(failure);
              }
            });
  }

  @AfterEach
  void stop() {
    watching.close();
  }

  @Test
  void updater_throws_changesNothing() {
    Failures.updaterThrows(store, shown::add);

    assertThat(shown).containsExactly("no more than 0");
    assertThat(store.version()).isEqualTo(0);
    assertThat(failures).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // null is the bad input
  void updater_returnsNull_isRefused() {
    assertThatThrownBy(() -> store.update(count -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("store 'count' returned null");

    assertThat(store.version()).isEqualTo(0);
  }

  @Test
  @SuppressWarnings("NullAway") // null is the bad input
  void argument_null_isNamed() {
    assertThatThrownBy(() -> store.set(null)).hasMessage("state");
    assertThatThrownBy(() -> Store.of("x", null)).hasMessage("initial");
    assertThatThrownBy(() -> store.subscribe(null)).hasMessage("subscriber");
  }

  @Test
  void nestedUpdate_isRefusedAndNamesBoth() {
    Store<Integer> other = Store.of("other", 1);

    Failures.nestedUpdate(store, other, shown::add);

    assertThat(shown).singleElement().asString().contains("'count'").contains("'other'");
    assertThat(store.version()).isEqualTo(0);
    assertThat(other.version()).isEqualTo(0);
  }

  @Test
  void selector_throws_hasNoValueUntilTheInputChanges() {
    assertThat(Failures.selectorThrows(store)).isEqualTo("share has no value");

    store.set(4);
    assertThat(Failures.selectorThrows(store)).isEqualTo("25 percent");
  }

  @Test
  void subscriber_throws_staysSubscribedAndHarmsNobody() {
    store.subscribe(
        Delivery.every().named("broken"),
        change -> {
          throw new IllegalStateException("broken");
        });
    store.subscribe(change -> shown.add("told " + change.now()));

    store.set(1);
    store.set(2);

    assertThat(shown).containsExactly("told 1", "told 2");
    assertThat(failures)
        .extracting(Probe.Failed::where)
        .containsExactly("Subscriber 'broken' of 'count'", "Subscriber 'broken' of 'count'");
  }

  @Test
  void feedbackLoop_isCutAndNamesTheChain() {
    Failures.loop(store);

    assertThat(store.get()).isEqualTo(1_001);
    assertThat(failures)
        .singleElement()
        .extracting(Probe.Failed::cause)
        .isInstanceOfSatisfying(
            FeedbackLoopException.class,
            e -> assertThat(e.chain()).first().asString().contains("count").contains("counter"));
  }

  @Test
  void overflow_close_endsTheSubscriptionAndSaysSo() {
    Deque<Runnable> stuck = new ArrayDeque<>();
    List<Integer> audited = new ArrayList<>();
    Failures.overflow(store, stuck::add, audited::add);

    store.set(1);
    store.set(2);
    store.set(3);
    stuck.forEach(Runnable::run);

    assertThat(audited).isEmpty();
    assertThat(failures)
        .singleElement()
        .extracting(Probe.Failed::problem)
        .isEqualTo("Its queue of 2 changes overflowed; the subscription is closed.");
  }

  @Test
  void closedStore_refusesUpdatesAndIsStillRead() {
    store.set(1);
    store.close();

    assertThatThrownBy(() -> store.set(2))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("'count' is closed");
    assertThatThrownBy(() -> store.subscribe(change -> {})).isInstanceOf(ClosedException.class);
    assertThat(store.get()).isEqualTo(1);
  }

  @Test
  void delivery_impossibleParts_areRefused() {
    assertThatThrownBy(() -> Delivery.debounce(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Delivery.latest().queue(10, Overflow.CLOSE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void atomically_storeNotNamed_changesNone() {
    Store<Integer> other = Store.of("other", 1);

    assertThatThrownBy(
            () ->
                Store.atomically(
                    () -> {
                      store.set(7);
                      other.set(7);
                    },
                    store))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("'other'");

    assertThat(store.version()).isEqualTo(0);
    assertThat(other.version()).isEqualTo(0);
  }

  @Test
  void updater_subscribes_isRefused() {
    assertThatThrownBy(
            () ->
                store.update(
                    count -> {
                      store.subscribe(change -> {});
                      return count + 1;
                    }))
        .isInstanceOf(NestedUpdateException.class);

    assertThat(store.version()).isEqualTo(0);
  }

  @Test
  void equals_throws_countsAsDifferentAndIsReported() {
    record Touchy(int value) {
      @Override
      public boolean equals(@Nullable Object other) {
        throw new IllegalStateException("do not compare me");
      }

      @Override
      public int hashCode() {
        return value;
      }
    }

    store.map(Touchy::new).named("touchy").subscribe(change -> shown.add("told"));
    store.set(1);

    assertThat(shown).containsExactly("told");
    assertThat(failures).extracting(Probe.Failed::where).contains("touchy");
  }

  @Test
  void signal_dependsOnItself_saysHowToBreakTheCircle() {
    var self = new AtomicReference<Signal<Integer>>(store);
    Signal<Integer> circle = Signal.<Integer>derive(from -> from.get(self.get()) + 1);
    self.set(circle);

    assertThatThrownBy(circle::get)
        .isInstanceOf(SignalFailedException.class)
        .rootCause()
        .hasMessageContaining("depends on itself")
        .hasMessageContaining("Break the circle");
  }

  @Test
  void subscriber_closesItselfAndAnother_neitherIsToldAgain() {
    var both = new ArrayList<Subscription>();
    both.add(
        store.subscribe(
            change -> {
              shown.add("first");
              both.forEach(Subscription::close);
            }));
    both.add(store.subscribe(change -> shown.add("second")));

    store.set(1);
    store.set(2);

    assertThat(shown).containsExactly("first");
  }

  @Test
  void executor_refuses_whatWaitsGoesWithTheNextChange() {
    var refusing = new AtomicBoolean(true);
    Executor executor =
        task -> {
          if (refusing.get()) {
            throw new RejectedExecutionException("full");
          }
          task.run();
        };
    store.subscribe(
        Delivery.every().on(executor), change -> shown.add(change.was() + " -> " + change.now()));

    store.set(1);
    assertThat(failures).singleElement().extracting(Probe.Failed::cause).isNotNull();
    refusing.set(false);
    store.set(2);

    assertThat(shown).containsExactly("0 -> 1", "1 -> 2");
  }

  @Test
  void inlineSubscriber_blocks_readersAndWritersGoOn() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    store.subscribe(
        change -> {
          entered.countDown();
          await(release);
          shown.add("told " + change.now());
        });
    Thread writer = new Thread(() -> store.set(1));
    writer.start();
    entered.await();

    store.set(2); // does not wait for the subscriber
    assertThat(store.get()).isEqualTo(2);
    assertThat(shown).isEmpty();

    release.countDown();
    writer.join();
    assertThat(shown).containsExactly("told 1", "told 2");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
