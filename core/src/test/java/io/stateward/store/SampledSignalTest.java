package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Change;
import io.stateward.signal.PublishedSignal;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalContract;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A signal of samples")
final class SampledSignalTest extends SignalContract {

  private static final Duration PACE = Duration.ofMillis(500);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final AtomicInteger looked = new AtomicInteger();
  private volatile int value = 1;
  private final PublishedSignal<Integer> signal = Signal.sampled(this::look, PACE, time);

  private int look() {
    looked.incrementAndGet();
    return value;
  }

  @Override
  public Subject create(int initial) {
    Ticks ticks = new Ticks();
    AtomicInteger source = new AtomicInteger(initial);
    Signal<Integer> sampled = Signal.sampled(source::get, PACE, ticks);
    return new Subject(
        sampled,
        next -> {
          source.set(next);
          ticks.tick();
        });
  }

  /** Has the time come whenever it is told to, on the thread that says so. */
  private static final class Ticks implements Timekeeper {
    private final AtomicReference<Runnable> due = new AtomicReference<>(() -> {});

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      due.set(task);
      return () -> due.compareAndSet(task, () -> {});
    }

    void tick() {
      due.get().run();
    }
  }

  @Override
  public boolean tellsEveryCommit() {
    return false;
  }

  @Test
  void get_nobodySubscribed_isOfNowAndSchedulesNothing() {
    value = 2;

    assertThat(signal.get()).isEqualTo(2);
    assertThat(signal.map(it -> it * 10).get()).isEqualTo(20);
    assertThat(time.pending()).isZero();
  }

  @Test
  void get_asBefore_keepsTheVersion() {
    long version = signal.version();

    assertThat(signal.versioned().version()).isEqualTo(version);

    value = 2;
    assertThat(signal.version()).isEqualTo(version + 1);
  }

  @Test
  void subscribe_isToldAtThePace_howeverOftenItIsRead() {
    List<Change<Integer>> told = new ArrayList<>();
    signal.subscribe(told::add);

    for (int i = 2; i <= 5; i++) {
      value = i;
      signal.get();
    }
    assertThat(told).isEmpty();

    time.advance(PACE);
    value = 6;
    time.advance(PACE.multipliedBy(3));
    assertThat(told).containsExactly(new Change<>(1, 5, 1), new Change<>(5, 6, 2));
  }

  @Test
  void subscribe_toWhatIsMadeOfIt_isToldAtThePaceToo() {
    List<Integer> told = new ArrayList<>();
    Subscription one = signal.map(it -> it * 10).subscribe(change -> told.add(change.now()));
    Subscription two =
        Signal.combine(signal, Signal.constant(7), Integer::sum)
            .subscribe(change -> told.add(change.now()));

    value = 2;
    time.advance(PACE);

    assertThat(told).containsExactlyInAnyOrder(20, 9);
    one.close();
    two.close();
    assertThat(time.pending()).isZero();
  }

  @Test
  void close_ofTheLastSubscription_endsTheSampling() {
    Subscription one = signal.subscribe(change -> {});
    Subscription two = signal.subscribe(change -> {});

    one.close();
    assertThat(time.pending()).isEqualTo(1);
    two.close();
    assertThat(time.pending()).isZero();

    signal.subscribe(change -> {});
    int before = looked.get();
    time.advance(PACE.multipliedBy(4));
    assertThat(looked.get() - before).isEqualTo(4);
  }

  @Test
  void close_keepsTheLastValue() {
    signal.subscribe(change -> {});
    signal.close();
    value = 9;

    assertThat(signal.get()).isEqualTo(1);
    assertThat(time.pending()).isZero();
  }

  @Test
  void sample_throws_keepsTheLastValue() {
    AtomicInteger source = new AtomicInteger(8);
    Signal<Integer> shaky = Signal.sampled(() -> 8 / source.get(), PACE, time);
    source.set(0);
    assertThat(shaky.get()).isEqualTo(1);
    source.set(2);
    assertThat(shaky.get()).isEqualTo(4);
  }

  @Test
  void sampled_withoutAPace_isRefused() {
    assertThatThrownBy(() -> Signal.sampled(() -> 1, Duration.ZERO, time))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The pace of samples is longer than zero, not PT0S.");
  }
}
