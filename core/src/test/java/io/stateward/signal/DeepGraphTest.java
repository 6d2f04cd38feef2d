package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs deeper than a stack, and graphs in which the number of paths is astronomical. */
@Timeout(30)
final class DeepGraphTest {

  private static final int DEEP = 10_000;

  /** The ways to put one signal on top of another. */
  enum Kind {
    MAP((below, runs) -> below.map(n -> count(runs, n + 1))),
    COMBINE((below, runs) -> Signal.combine(below, below, (n, same) -> count(runs, n + 1))),
    DERIVE((below, runs) -> Signal.derive(from -> count(runs, from.get(below) + 1))),
    DISTINCT((below, runs) -> below.map(n -> count(runs, n + 1)).distinct((a, b) -> a.equals(b))),
    MIXED(
        (below, runs) ->
            Signal.derive(
                from ->
                    count(
                        runs,
                        from.get(Signal.combine(below.map(n -> n), below, (n, m) -> n)) + 1)));

    private final BiFunction<Signal<Integer>, AtomicInteger, Signal<Integer>> step;

    Kind(BiFunction<Signal<Integer>, AtomicInteger, Signal<Integer>> step) {
      this.step = step;
    }

    Signal<Integer> chain(Signal<Integer> bottom, int length, AtomicInteger runs) {
      Signal<Integer> top = bottom;
      for (int i = 0; i < length; i++) {
        top = step.apply(top, runs);
      }
      return top;
    }

    private static int count(AtomicInteger runs, int value) {
      runs.incrementAndGet();
      return value;
    }
  }

  @ParameterizedTest
  @EnumSource
  void chain_read_evaluatesEachLevelAtMostTwice(Kind kind) {
    Store<Integer> bottom = Store.of(0);
    AtomicInteger runs = new AtomicInteger();
    Signal<Integer> top = kind.chain(bottom, DEEP, runs);

    assertThat(top.get()).isEqualTo(DEEP);
    assertThat(runs.get()).isBetween(DEEP, 2 * DEEP);

    bottom.set(1);
    runs.set(0);
    assertThat(top.get()).isEqualTo(DEEP + 1);
    assertThat(runs.get()).isBetween(DEEP, 2 * DEEP);
    assertThat(top.get()).isEqualTo(DEEP + 1);
    assertThat(runs.get()).isLessThanOrEqualTo(2 * DEEP);
  }

  @ParameterizedTest
  @EnumSource
  void chain_subscribed_deliversThroughEveryLevel(Kind kind) {
    Store<Integer> bottom = Store.of(0);
    AtomicInteger runs = new AtomicInteger();
    Signal<Integer> top = kind.chain(bottom, DEEP, runs);
    List<Integer> seen = new ArrayList<>();

    Subscription subscription = top.subscribe(change -> seen.add(change.now()));
    runs.set(0);
    bottom.set(1);
    assertThat(runs.get()).isBetween(DEEP, 2 * DEEP);
    bottom.set(2);

    assertThat(seen).containsExactly(DEEP + 1, DEEP + 2);
    subscription.close();
    runs.set(0);
    bottom.set(3);
    assertThat(seen).hasSize(2);
    assertThat(runs).hasValue(0);
    assertThat(top.get()).isEqualTo(DEEP + 3);
  }

  @ParameterizedTest
  @EnumSource
  void chain_failingAtTheBottom_failsAtTheTopWithTheCulpritsName(Kind kind) {
    Store<Integer> bottom = Store.of(1);
    Signal<Integer> failing = bottom.map(n -> 10 / n).named("division");
    Signal<Integer> top = kind.chain(failing, DEEP, new AtomicInteger());
    List<Integer> seen = new ArrayList<>();
    top.subscribe(change -> seen.add(change.now()));

    bottom.set(0);

    assertThatThrownBy(top::get)
        .isInstanceOf(SignalFailedException.class)
        .hasMessageContaining("'division'")
        .hasCauseInstanceOf(ArithmeticException.class);
    bottom.set(10);
    assertThat(top.get()).isEqualTo(DEEP + 1);
    assertThat(seen).containsExactly(DEEP + 1);
  }

  @ParameterizedTest
  @EnumSource
  void chain_withoutNames_saysWhatItIsInAFewWords(Kind kind) {
    Signal<Integer> top = kind.chain(Store.of(0), DEEP, new AtomicInteger());

    assertThat(top.name()).isNotBlank().hasSizeLessThan(2_000);
  }

  @Test
  void ladder_withMorePathsThanAtoms_evaluatesEachNodeOnce() {
    Store<Integer> bottom = Store.of(1);
    AtomicInteger runs = new AtomicInteger();
    Signal<Integer> left = bottom.map(n -> n);
    Signal<Integer> right = bottom.map(n -> n);
    int levels = 300;
    for (int i = 0; i < levels; i++) {
      Signal<Integer> l = left;
      Signal<Integer> r = right;
      left = Signal.combine(l, r, (a, b) -> Kind.count(runs, (a + b) % 1_000));
      right = Signal.derive(from -> Kind.count(runs, (from.get(l) + from.get(r) + 1) % 1_000));
    }
    Signal<Integer> top = Signal.combine(left, right, (a, b) -> a * 1_000 + b);

    List<Integer> seen = new ArrayList<>();
    assertThat(top.name()).hasSizeLessThan(2_000);
    Subscription subscription = top.subscribe(change -> seen.add(change.now()));
    assertThat(runs.get()).isBetween(2 * levels, 6 * levels);
    runs.set(0);
    bottom.set(2);

    assertThat(runs.get()).isBetween(2 * levels, 6 * levels);
    assertThat(seen).containsExactly(top.get());
    subscription.close();
  }
}
