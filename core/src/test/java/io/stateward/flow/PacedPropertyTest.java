package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Delivery;
import io.stateward.store.Store;
import io.stateward.time.Pacing;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Debouncers, throttles and the deliveries of signals, against models that look at every
 * millisecond.
 */
final class PacedPropertyTest {

  private static final int END = 400;

  /** A rule in milliseconds; a longest wait of zero is none. */
  record Rule(int period, boolean leading, boolean trailing, int maxWait) {}

  /** What the naive models have in common: a value that waits, and a list of what was acted on. */
  private abstract static class Model {
    final Rule rule;
    final List<String> acted = new ArrayList<>();
    int waiting = -1;
    int since;
    int last = Integer.MIN_VALUE / 2; // event of a debouncer, begin of the period of a throttle

    Model(Rule rule) {
      this.rule = rule;
    }

    final void act(int value, int time) {
      acted.add(value + "@" + time);
      waiting = -1;
    }

    final void await(int value, int time) {
      if (rule.trailing()) {
        since = waiting < 0 ? time : since;
        waiting = value;
      }
    }

    abstract void tick(int time);

    abstract void event(int value, int time);

    final List<String> run(List<Integer> gaps) {
      List<Integer> times = new ArrayList<>();
      int at = 0;
      for (int gap : gaps) {
        at += gap;
        times.add(at);
      }
      for (int time = 0; time <= at + END; time++) {
        tick(time);
        for (int i = 0; i < times.size(); i++) {
          if (times.get(i) == time) {
            event(i, time);
          }
        }
      }
      return acted;
    }
  }

  private static final class DebounceModel extends Model {
    DebounceModel(Rule rule) {
      super(rule);
    }

    @Override
    void tick(int time) {
      boolean waitsTooLong = rule.maxWait() > 0 && time - since >= rule.maxWait();
      if (waiting >= 0 && (time - last >= rule.period() || waitsTooLong)) {
        act(waiting, time);
      }
    }

    @Override
    void event(int value, int time) {
      boolean first = time - last >= rule.period();
      last = time;
      if (first && rule.leading()) {
        act(value, time);
      } else {
        await(value, time);
      }
    }
  }

  private static final class ThrottleModel extends Model {
    ThrottleModel(Rule rule) {
      super(rule);
    }

    @Override
    void tick(int time) {
      if (waiting >= 0 && time - last >= rule.period()) {
        act(waiting, time);
        last = time;
      }
    }

    @Override
    void event(int value, int time) {
      if (time - last >= rule.period()) {
        last = time;
        if (rule.leading()) {
          act(value, time);
          return;
        }
      }
      await(value, time);
    }
  }

  private static void play(VirtualTimekeeper time, List<Integer> gaps, IntConsumer submit) {
    for (int i = 0; i < gaps.size(); i++) {
      time.advance(Duration.ofMillis(gaps.get(i)));
      submit.accept(i);
    }
    time.advance(Duration.ofMillis(END));
    assertThat(time.pending()).as("timers left").isZero();
  }

  private static String at(int value, VirtualTimekeeper time) {
    return value + "@" + Duration.ofNanos(time.nanoTime()).toMillis();
  }

  @Property(seed = "1848", tries = 1_000)
  void debouncer_agreesWithTheModel(
      @ForAll("rules") Rule rule, @ForAll("gaps") List<Integer> gaps) {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    List<String> acted = new ArrayList<>();
    Debouncer.Settings settings =
        Debouncer.after(Duration.ofMillis(rule.period())).timekeeper(time);
    if (rule.leading()) {
      settings = rule.trailing() ? settings.leading() : settings.leadingOnly();
    }
    if (rule.maxWait() > 0) {
      settings = settings.maxWait(Duration.ofMillis(rule.maxWait()));
    }
    Debouncer<Integer> debouncer = settings.calling(value -> acted.add(at(value, time)));

    play(time, gaps, debouncer::submit);

    assertThat(acted).isEqualTo(new DebounceModel(rule).run(gaps));
  }

  @Property(seed = "1849", tries = 1_000)
  void throttle_agreesWithTheModel(@ForAll("rules") Rule rule, @ForAll("gaps") List<Integer> gaps) {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    List<String> acted = new ArrayList<>();
    Throttle.Settings settings = Throttle.every(Duration.ofMillis(rule.period())).timekeeper(time);
    if (!rule.trailing()) {
      settings = settings.leadingOnly();
    } else if (!rule.leading()) {
      settings = settings.trailingOnly();
    }
    Throttle<Integer> throttle = settings.calling(value -> acted.add(at(value, time)));

    play(time, gaps, throttle::submit);

    assertThat(acted).isEqualTo(new ThrottleModel(rule).run(gaps));
  }

  @Property(seed = "1850", tries = 300)
  void deliveries_agreeWithTheSameModels(
      @ForAll("periods") int period, @ForAll("gaps") List<Integer> gaps) {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Duration length = Duration.ofMillis(period);
    List<String> debounced = new ArrayList<>();
    List<String> throttled = new ArrayList<>();
    Store<Integer> store = Store.of(-1);
    store.subscribe(
        Delivery.debounce(length).timekeeper(time), c -> debounced.add(at(c.now(), time)));
    store.subscribe(
        Delivery.throttle(length).timekeeper(time), c -> throttled.add(at(c.now(), time)));

    play(time, gaps, store::set);

    assertThat(debounced).isEqualTo(new DebounceModel(new Rule(period, false, true, 0)).run(gaps));
    assertThat(throttled).isEqualTo(new ThrottleModel(new Rule(period, true, true, 0)).run(gaps));
  }

  @Property(seed = "1851", tries = 300)
  void pacing_throttle_neverActsTwiceInAPeriod(
      @ForAll("periods") int period, @ForAll("gaps") List<Integer> gaps) {
    Pacing.State state = Pacing.throttle(Duration.ofNanos(period)).start();
    List<Long> acted = new ArrayList<>();
    long now = 0;
    for (int gap : gaps) {
      for (int step = 0; step < gap; step++) {
        now++;
        if (state.nanosUntilDue(now) <= 0) {
          state.acted(now);
          acted.add(now);
        }
      }
      if (state.event(now)) {
        acted.add(now);
      }
    }

    for (int i = 1; i < acted.size(); i++) {
      assertThat(acted.get(i) - acted.get(i - 1)).isGreaterThanOrEqualTo(period);
    }
  }

  @Provide
  Arbitrary<Integer> periods() {
    return Arbitraries.integers().between(1, 30);
  }

  @Provide
  Arbitrary<Rule> rules() {
    Arbitrary<Integer> extra = Arbitraries.integers().between(0, 60);
    Arbitrary<Integer> edges = Arbitraries.integers().between(0, 2);
    return Combinators.combine(periods(), edges, extra, Arbitraries.of(true, false))
        .as(
            (period, edge, more, limited) ->
                new Rule(period, edge != 0, edge != 1, limited ? period + more : 0));
  }

  @Provide
  Arbitrary<List<Integer>> gaps() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(0, 12)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 80)))
        .list()
        .ofMaxSize(30);
  }
}
