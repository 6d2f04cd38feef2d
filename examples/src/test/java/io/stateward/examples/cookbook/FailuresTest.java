package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.FeedbackLoopException;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every row of the table in failures.md. */
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
    assertThatThrownBy(() -> Delivery.latest().queue(10, io.stateward.signal.Overflow.CLOSE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
