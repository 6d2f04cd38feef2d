package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stateward.store.Store;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProbeTest {

  @Test
  void attach_commitOfObservedStore_tellsCommitEvaluationAndDelivery() {
    Store<Integer> store = Store.of("stock", 1);
    Signal<Integer> twice = store.map(n -> n * 2).named("twice");
    twice.subscribe(change -> {});
    List<Probe.Event> events = new ArrayList<>();

    try (Subscription attached = Probe.attach(events::add)) {
      store.set(5);
    }
    store.set(6);

    assertThat(events).hasSize(3);
    assertThat(events.get(0)).isEqualTo(new Probe.Committed("stock", 1, 1, 5));
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            Probe.Evaluated.class,
            evaluated -> {
              assertThat(evaluated.signal()).isEqualTo("twice");
              assertThat(evaluated.changed()).isTrue();
              assertThat(evaluated.nanos()).isNotNegative();
            });
    assertThat(events.get(2))
        .isInstanceOfSatisfying(
            Probe.Delivered.class,
            delivered -> {
              assertThat(delivered.store()).isEqualTo("stock");
              assertThat(delivered.version()).isEqualTo(1);
              assertThat(delivered.notified()).isEqualTo(1);
            });
  }

  @Test
  void attach_equalResult_saysThatNothingChanged() {
    Store<Integer> store = Store.of(10);
    Signal<Integer> tens = store.map(n -> n / 10);
    tens.get();
    List<Probe.Event> events = new ArrayList<>();

    try (Subscription attached = Probe.attach(events::add)) {
      store.set(11);
      tens.get();
    }

    assertThat(events)
        .filteredOn(event -> event instanceof Probe.Evaluated)
        .extracting(event -> ((Probe.Evaluated) event).changed())
        .containsExactly(false);
  }

  @Test
  void attach_probeThatThrows_harmsNeitherCommitNorOtherProbes() {
    Store<Integer> store = Store.of(1);
    Recorder<Integer> told = new Recorder<>();
    store.subscribe(told);
    List<Probe.Event> events = new ArrayList<>();
    Probe broken =
        event -> {
          throw new IllegalStateException("foreign");
        };

    try (Subscription first = Probe.attach(broken);
        Subscription second = Probe.attach(events::add)) {
      store.set(2);
    }

    assertThat(store.get()).isEqualTo(2);
    assertThat(told.values()).containsExactly(2);
    assertThat(events).isNotEmpty();
  }

  @Test
  void attach_sameProbeTwice_isDetachedOneByOne() {
    Store<Integer> store = Store.of("twice", 1);
    List<Probe.Event> events = new ArrayList<>();
    Probe probe = events::add;
    Subscription first = Probe.attach(probe);
    Subscription second = Probe.attach(probe);

    first.close();
    first.close();
    store.set(2);
    second.close();

    assertThat(events).filteredOn(event -> event instanceof Probe.Committed).hasSize(1);
  }

  @Test
  void get_anySignal_allocatesNothing() {
    Store<Integer> store = Store.of(1_000);
    Signal<Integer> mapped = store.map(n -> n + 1_000);
    Signal<Integer> combined = Signal.combine(store, mapped, Integer::sum);
    Signal<Integer> derived = Signal.derive(from -> from.get(store) + from.get(combined));

    assertThat(allocatedBy(store)).isZero();
    assertThat(allocatedBy(mapped)).isZero();
    assertThat(allocatedBy(combined)).isZero();
    assertThat(allocatedBy(derived)).isZero();
  }

  /** The least of several rounds, since the first ones are interpreted and compiled meanwhile. */
  private static long allocatedBy(Signal<Integer> signal) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long sum = 0;
      for (int i = 0; i < 100_000; i++) {
        sum += signal.get();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(sum).isPositive();
    }
    return least;
  }
}
