package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Change;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.FeedbackLoopException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Reader;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What bad input gets: a message that says what to do, and the state as it was. */
final class BadInputTest {

  private final Store<Sample> store = Store.of("board", Sample.of(1, 2));

  private static void refusesNull(ThrowingCallable call, String what) {
    assertThatNullPointerException().isThrownBy(call).withMessageContaining(what);
  }

  @Test
  void null_whereNotAllowed_isRefusedByName() {
    refusesNull(() -> Store.of(null), "initial");
    refusesNull(() -> Store.of(null, 1), "name");
    refusesNull(() -> store.set(null), "state");
    refusesNull(() -> store.update(null), "updater");
    refusesNull(() -> store.named(null), "name");
    refusesNull(() -> store.select((Function<Sample, Object>) null), "selector");
    refusesNull(() -> store.map(null), "function");
    refusesNull(() -> store.distinct(null), "same");
    refusesNull(() -> store.subscribe((Consumer<Change<Sample>>) null), "subscriber");
    refusesNull(() -> store.subscribe(null, change -> {}), "delivery");
    refusesNull(() -> store.entries(Sample::entries).at(null), "key");
    refusesNull(() -> store.slice(Sample::left, null), "with");
    refusesNull(() -> store.slice(null, Sample::withLeft), "get");
    refusesNull(() -> Store.atomically(null, store), "body");
    refusesNull(() -> Store.atomically(() -> {}, (Store<?>) null), "signal");
    refusesNull(() -> Signal.derive(null), "function");
    refusesNull(() -> Signal.combine(store, store, null), "combiner");
    refusesNull(() -> Signal.combine(store, null, (a, b) -> a), "signal");

    assertThat(store.get()).isEqualTo(Sample.of(1, 2));
    assertThat(store.version()).isZero();
  }

  @Test
  void null_asSelectedValue_isAValue() {
    Recorder<String> told = new Recorder<>();
    Signal<String> label = store.select(state -> state.left() == 1 ? null : "many");
    label.subscribe(told);

    assertThat(label.get()).isNull();
    store.update(state -> state.withLeft(2));
    store.update(state -> state.withLeft(1));

    assertThat(told.values()).containsExactly("many", null);
  }

  @Test
  void update_returningNull_saysWhatToDo() {
    refusesNull(
        () -> store.update(state -> null),
        "The updater of store 'board' returned null, so nothing changed. Return the next state");
    refusesNull(
        () -> store.slice(Sample::left, Sample::withLeft).update(left -> null),
        "returned null, so nothing changed");

    assertThat(store.version()).isZero();
  }

  @Test
  void select_throwing_namesTheSelectionOnceAndGoesOn() {
    Signal<Integer> quotient = store.select(state -> 10 / state.left());
    quotient.named("quotient");
    Recorder<Integer> told = new Recorder<>();
    quotient.subscribe(told);

    try (Reports reports = new Reports()) {
      store.update(state -> state.withLeft(0));
      assertThat(reports.naming("'quotient'")).hasSize(1);
      assertThat(reports.naming("'quotient'").get(0).problem()).contains("keep the value");
    }

    assertThatThrownBy(quotient::get)
        .isInstanceOf(SignalFailedException.class)
        .hasMessageContaining("Signal 'quotient' has no value")
        .hasMessageContaining("by zero")
        .hasMessageContaining("evaluated again when an input changes");
    store.update(state -> state.withLeft(2));
    assertThat(told.changes()).containsExactly(new Change<>(10, 5, 2));
  }

  @Test
  void combine_ofFailedSignal_blamesTheOneThatThrew() {
    Signal<Integer> broken = store.select(state -> 1 / (state.left() - 1));
    broken.named("broken");
    Signal<Integer> combined = Signal.combine(broken, store, (a, b) -> a);
    combined.named("combined");

    assertThatThrownBy(combined::get)
        .isInstanceOfSatisfying(
            SignalFailedException.class,
            failure -> assertThat(failure.signal()).isEqualTo("broken"));
  }

  @Test
  void derive_dependingOnItself_isRefused() {
    AtomicReference<Signal<Integer>> self = new AtomicReference<>();
    Signal<Integer> circle = Signal.derive(from -> from.get(self.get()) + 1);
    self.set(circle.named("circle"));

    assertThatThrownBy(circle::get)
        .isInstanceOf(SignalFailedException.class)
        .hasMessageContaining("depends on itself")
        .hasMessageContaining("'circle'");
  }

  @Test
  void derive_readerUsedLater_isRefused() {
    List<Reader> kept = new ArrayList<>();
    Signal<Integer> derived =
        Signal.derive(
            from -> {
              kept.add(from);
              return from.get(store).left();
            });
    derived.get();

    assertThatIllegalStateException()
        .isThrownBy(() -> kept.get(0).get(store))
        .withMessageContaining("is over")
        .withMessageContaining("Signal.get()");
  }

  @Test
  void combine_foreignSignal_saysHowToBridge() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Signal.combine(store, new Foreign(), (a, b) -> a))
        .withMessageContaining("Foreign is not made by Stateward")
        .withMessageContaining("Signal.from(initial, publisher)");
  }

  @Test
  void subscribe_loop_namesTheChain() {
    List<FeedbackLoopException> refusals = new ArrayList<>();
    store.subscribe(
        Delivery.every().named("rounder"),
        change -> {
          try {
            store.update(state -> state.withLeft(state.left() + 1));
          } catch (FeedbackLoopException e) {
            refusals.add(e);
          }
        });

    store.update(state -> state.withLeft(2));

    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0))
        .hasMessageContaining("Update of store 'board' refused: 1000 updates in a row")
        .hasMessageContaining("board@1000 -> rounder <- board@999 -> rounder")
        .hasMessageContaining("derive the value instead of storing it");
    assertThat(refusals.get(0).chain()).hasSize(8).startsWith("board@1000 -> rounder");
    assertThat(store.get().left()).isEqualTo(1_002);
  }

  @Test
  void subscribe_insideUpdater_isRefused() {
    assertThatThrownBy(
            () ->
                store.update(
                    state -> {
                      store.select(Sample::left).subscribe(change -> {});
                      return state.withLeft(9);
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("The updater of store 'board' tried what it may not: subscription to")
        .hasMessageContaining("An updater only computes the next value");

    assertThat(store.get().left()).isEqualTo(1);
  }

  @Test
  void update_insideUpdater_isRefusedEvenIfCaught() {
    Store<Integer> other = Store.of("other", 0);

    store.update(
        state -> {
          assertThatThrownBy(() -> other.set(1)).isInstanceOf(NestedUpdateException.class);
          return state.withLeft(2);
        });

    assertThat(other.get()).isZero();
    assertThat(store.get().left()).isEqualTo(2);
  }

  @Test
  void atomically_insideUpdaterOrAtomically_isRefused() {
    Store<Integer> other = Store.of("other", 0);

    assertThatThrownBy(
            () ->
                store.update(
                    state -> {
                      Store.atomically(() -> {}, other);
                      return state;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("atomic update of other");
    assertThatThrownBy(
            () -> Store.atomically(() -> Store.atomically(() -> {}, other), store, other))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("board and other");
  }

  @Test
  void atomically_unnamedStore_isRefusedAndNothingChanges() {
    Store<Integer> other = Store.of("other", 0);

    assertThatThrownBy(
            () ->
                Store.atomically(
                    () -> {
                      store.update(state -> state.withLeft(9));
                      other.set(9);
                    },
                    store))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("update of store 'other'")
        .hasMessageContaining("change several stores with Store.atomically and name them all");

    assertThat(store.get()).isEqualTo(Sample.of(1, 2));
    assertThat(store.version()).isZero();
    assertThat(other.get()).isZero();
  }

  @Test
  void atomically_closedStore_isRefusedAndNothingChanges() {
    Store<Integer> ended = Store.of("ended", 0);
    ended.close();

    assertThatThrownBy(
            () -> Store.atomically(() -> store.update(state -> state.withLeft(9)), store, ended))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("'ended' is closed");

    store.update(state -> state.withLeft(2)); // no lock was left behind
    assertThat(store.get().left()).isEqualTo(2);
  }

  @Test
  void close_insideUpdater_isRefused() {
    assertThatThrownBy(
            () ->
                store.update(
                    state -> {
                      store.close();
                      return state;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("close of store 'board'");

    assertThat(store.isClosed()).isFalse();
  }

  @Test
  void close_ofStore_saysWhatIsStillPossible() {
    Signal<Integer> left = store.select(Sample::left);
    store.close();

    assertThatThrownBy(() -> store.update(state -> state))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("'board' is closed, so update is not possible")
        .hasMessageContaining("last value can still be read");
    assertThat(left.get()).isEqualTo(1);
  }

  @Test
  void subscribe_throwing_saysWhoAndWhatFollows() {
    store.subscribe(
        Delivery.every().named("screen"),
        change -> {
          throw new IllegalStateException("foreign");
        });

    try (Reports reports = new Reports()) {
      store.update(state -> state.withLeft(2));

      assertThat(reports.naming("Subscriber 'screen' of 'board'")).hasSize(1);
      assertThat(reports.naming("screen").get(0).problem())
          .contains("threw at version 1")
          .contains("stays subscribed");
    }
  }

  /** A signal of somebody else's. */
  private static final class Foreign implements Signal<Integer> {
    @Override
    public Integer get() {
      return 1;
    }

    @Override
    public long version() {
      return 0;
    }

    @Override
    public Versioned<Integer> versioned() {
      return new Versioned<>(1, 0);
    }

    @Override
    public Subscription subscribe(Delivery delivery, Consumer<? super Change<Integer>> subscriber) {
      return () -> {};
    }

    @Override
    public <R> Signal<R> map(Function<? super Integer, ? extends R> function) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Signal<Integer> distinct(BiPredicate<? super Integer, ? super Integer> same) {
      return this;
    }

    @Override
    public Signal<Integer> named(String name) {
      return this;
    }

    @Override
    public String name() {
      return "foreign";
    }
  }
}
