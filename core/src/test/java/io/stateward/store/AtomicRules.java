package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Recorder;
import io.stateward.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1, 7, 8, 9 and 12 where they concern several stores at once. */
interface AtomicRules extends StoreSubjects {

  private Signal<Integer> sum(Store<Sample> one, Store<Sample> two) {
    return combine(one.select(Sample::left), two.select(Sample::left), Integer::sum);
  }

  @Test
  @DisplayName("1.4 nobody else sees half of an atomic update, and its own thread sees it")
  default void rule1_4_atomicUpdateIsSeenWholeOrNotAtAll() {
    Store<Sample> one = store(10, 0);
    Store<Sample> two = store(20, 0);
    Signal<Integer> sum = sum(one, two);
    try (Gate gate = new Gate(patience())) {
      CompletableFuture<Void> writer =
          Concurrently.start(
              () ->
                  atomically(
                      () -> {
                        one.update(state -> state.withLeft(11));
                        assertThat(one.get().left()).isEqualTo(11);
                        assertThat(sum.get()).isEqualTo(31);
                        gate.hold();
                        two.update(state -> state.withLeft(19));
                      },
                      one,
                      two));
      gate.awaitHeld();

      int seen = Concurrently.valueElsewhere(patience(), () -> one.get().left());
      int seenSum = Concurrently.valueElsewhere(patience(), sum::get);

      assertThat(seen).isEqualTo(10);
      assertThat(seenSum).isEqualTo(30);
      gate.open();
      Concurrently.finish(patience(), writer);
    }
    assertThat(one.get().left()).isEqualTo(11);
    assertThat(two.get().left()).isEqualTo(19);
  }

  @Test
  @DisplayName("7.4 an atomic update that throws changes no store")
  default void rule7_4_throwingAtomicUpdateChangesNothing() {
    Store<Sample> one = store(10, 0);
    Store<Sample> two = store(20, 0);
    List<Object> told = new ArrayList<>();
    one.subscribe(told::add);
    two.subscribe(told::add);
    IllegalStateException thrown = new IllegalStateException("foreign");

    assertThatThrownBy(
            () ->
                atomically(
                    () -> {
                      one.update(state -> state.withLeft(11));
                      two.update(state -> state.withLeft(19));
                      throw thrown;
                    },
                    one,
                    two))
        .isSameAs(thrown);

    assertThat(one.get().left() + two.get().left()).isEqualTo(30);
    assertThat(one.get().left()).isEqualTo(10);
    assertThat(told).isEmpty();
    Concurrently.elsewhere(patience(), () -> one.update(state -> state.withLeft(1)));
    assertThat(told).hasSize(1);
  }

  @Test
  @DisplayName("8.12 what is made of stores that change atomically is never torn")
  default void rule8_12_atomicUpdatesAreNeverTorn() {
    Store<Sample> one = store(500, 0);
    Store<Sample> two = store(500, 0);
    Signal<Integer> sum = sum(one, two);
    Recorder<Integer> told = new Recorder<>();
    sum.subscribe(told);
    AtomicBoolean done = new AtomicBoolean();

    Concurrently.together(
        patience(),
        () -> {
          for (int i = 0; i < 150; i++) {
            transfer(one, two);
          }
          done.set(true);
        },
        () -> {
          while (!done.get()) {
            assertThat(sum.get()).isEqualTo(1_000);
          }
        });

    assertThat(told.changes()).isEmpty();
  }

  private void transfer(Store<Sample> from, Store<Sample> to) {
    atomically(
        () -> {
          from.update(state -> state.withLeft(state.left() - 1));
          Thread.yield();
          to.update(state -> state.withLeft(state.left() + 1));
        },
        from,
        to);
  }

  @Test
  @DisplayName("8.13 what is made of stores that change atomically is told of each change once")
  default void rule8_13_atomicUpdateIsToldOnce() {
    Store<Sample> one = store(1, 0);
    Store<Sample> two = store(1, 0);
    Recorder<Integer> told = new Recorder<>();
    sum(one, two).subscribe(told);

    atomically(
        () -> {
          one.update(state -> state.withLeft(10));
          two.update(state -> state.withLeft(10));
        },
        one,
        two);

    assertThat(told.values()).containsExactly(20);
  }

  @Test
  @DisplayName("8.14 what is made of independent stores never goes back in any of them")
  default void rule8_14_independentInputsNeverGoBack() {
    Store<Sample> one = store(0, 0);
    Store<Sample> two = store(0, 0);
    Signal<Integer> both =
        combine(one.select(Sample::left), two.select(Sample::left), (a, b) -> a * 1_000 + b);
    Recorder<Integer> told = new Recorder<>();
    both.subscribe(told);

    Concurrently.together(patience(), () -> countUp(one), () -> countUp(two));

    told.verifyJoined();
    int left = 0;
    int right = 0;
    for (int value : told.values()) {
      assertThat(value / 1_000).isGreaterThanOrEqualTo(left);
      assertThat(value % 1_000).isGreaterThanOrEqualTo(right);
      left = value / 1_000;
      right = value % 1_000;
    }
    assertThat(told.values()).endsWith(300_300);
  }

  private static void countUp(Store<Sample> store) {
    for (int i = 1; i <= 300; i++) {
      int value = i;
      store.update(state -> state.withLeft(value));
    }
  }

  @Test
  @DisplayName("8.15 an atomic update that was given up leaves selections memoised")
  default void rule8_15_abandonedAtomicUpdateLeavesMemosInOrder() {
    Store<Sample> one = store(1, 0);
    Store<Sample> two = store(1, 0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> left =
        one.select(
            state -> {
              evaluated.add(state.left());
              return state.left();
            });
    long version = left.version();

    assertThatThrownBy(
            () ->
                atomically(
                    () -> {
                      one.update(state -> state.withLeft(9));
                      assertThat(left.get()).isEqualTo(9);
                      throw new IllegalStateException("given up");
                    },
                    one,
                    two))
        .hasMessage("given up");
    evaluated.clear();

    assertThat(left.get()).isEqualTo(1);
    assertThat(left.get()).isEqualTo(1);
    assertThat(left.version()).isEqualTo(version);
    assertThat(evaluated).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  @DisplayName("8.16 a read under way while stores change atomically is of before or of after")
  default void rule8_16_readUnderWayIsWhole() {
    Store<Sample> one = store(10, 0);
    Store<Sample> two = store(20, 0);
    try (Gate gate = new Gate(patience())) {
      AtomicBoolean slow = new AtomicBoolean(true);
      Signal<Integer> held =
          one.select(
              state -> {
                if (slow.getAndSet(false)) {
                  gate.hold();
                }
                return state.left();
              });
      Signal<Integer> sum = combine(held, two.select(Sample::left), Integer::sum);
      CompletableFuture<Integer> read = new CompletableFuture<>();
      CompletableFuture<Void> reader = Concurrently.start(() -> read.complete(sum.get()));
      gate.awaitHeld();
      Concurrently.elsewhere(patience(), () -> transfer(one, two));

      gate.open();
      Concurrently.finish(patience(), reader);

      assertThat(read).isCompletedWithValue(30);
    }
  }

  @Test
  @DisplayName("9.8 an atomic update that ends where it began tells nobody")
  default void rule9_8_atomicThereAndBackTellsNobody() {
    Store<Sample> one = store(100_000, 0);
    Store<Sample> two = store(1, 0);
    List<Object> told = new ArrayList<>();
    one.subscribe(told::add);
    two.subscribe(told::add);

    atomically(
        () -> {
          one.update(state -> state.withLeft(5));
          one.update(state -> state.withLeft(100_000));
        },
        one,
        two);

    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("12.8 atomic updates of the same stores in any order do not block each other")
  default void rule12_8_atomicUpdatesDoNotDeadlock() {
    Store<Sample> one = store(0, 0);
    Store<Sample> two = store(0, 0);

    Concurrently.together(patience(), () -> transferMany(one, two), () -> transferMany(two, one));

    assertThat(one.get().left() + two.get().left()).isEqualTo(0);
    assertThat(one.get().left()).isEqualTo(0);
  }

  private void transferMany(Store<Sample> from, Store<Sample> to) {
    for (int i = 0; i < 150; i++) {
      transfer(from, to);
    }
  }

  @Test
  @DisplayName("12.9 an atomic update refuses a store that was not named, and changes nothing")
  default void rule12_9_unnamedStoreIsRefused() {
    Store<Sample> one = store("one");
    Store<Sample> two = store("two");
    Store<Sample> other = store("other");

    assertThatThrownBy(
            () ->
                atomically(
                    () -> {
                      one.update(state -> state.withLeft(9));
                      other.update(state -> state.withLeft(9));
                    },
                    one,
                    two))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("update of store 'other'")
        .hasMessageContaining("name them all");

    assertThat(one.get().left()).isEqualTo(1);
    assertThat(other.get().left()).isEqualTo(1);
  }
}
