package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

final class MiddlewareTest {

  private final ReducingStore<Sample, Deed> store =
      Store.reducing("board", Sample.of(1, 0), Deed.reducer());

  @Test
  void logging_atDebug_saysWhatCameOfEachDispatch() {
    Lines lines = new Lines(true);
    store.use(Middleware.logging(lines));
    store.use(Middleware.checking((before, after) -> after.left() < 0 ? "negative" : null));

    store.dispatch(new Deed.Add(1));
    store.dispatch(new Deed.Rest());
    store.dispatch(new Deed.Unknown());
    store.dispatch(new Deed.Move(9));

    assertThat(lines.told)
        .containsExactly(
            "DEBUG 'board' committed version 1: Add[amount=1]",
            "DEBUG 'board' was left unchanged: Rest[]",
            "DEBUG 'board' does not handle: Unknown[]",
            "DEBUG 'board' vetoed (negative): Move[amount=9]");
  }

  @Test
  void logging_notAtDebug_formatsNothing() {
    Lines lines = new Lines(false);
    store.use(Middleware.logging(lines));

    store.dispatch(new Deed.Add(1));

    assertThat(lines.told).isEmpty();
  }

  @Test
  void timing_dispatch_tellsHowLongItTook() {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    List<String> taken = new ArrayList<>();
    store.use(Middleware.timing(time, (deed, nanos) -> taken.add(deed + " " + nanos)));
    store.use(
        Middleware.around(
            (deed, next) -> {
              time.advance(Duration.ofNanos(250));
              return next.dispatch(deed);
            }));
    IllegalStateException thrown = new IllegalStateException("foreign");

    store.dispatch(new Deed.Add(1));
    assertThatThrownBy(() -> store.dispatch(new Deed.Fail(thrown))).isSameAs(thrown);

    assertThat(taken).hasSize(2);
    assertThat(taken.get(0)).isEqualTo("Add[amount=1] 250");
    assertThat(taken.get(1)).endsWith(" 250");
  }

  @Test
  void updating_ordinaryStore_takesMiddlewareAroundItsUpdates() {
    List<Commit<Sample, UnaryOperator<Sample>>> commits = new ArrayList<>();
    List<Long> taken = new ArrayList<>();
    ReducingStore<Sample, UnaryOperator<Sample>> account =
        Store.updating("account", Sample.of(10, 0));
    account.use(Middleware.timing(VirtualTimekeeper.create(), (update, nanos) -> taken.add(nanos)));
    account.use(Middleware.checking((was, now) -> now.left() < 0 ? "overdrawn" : null));
    account.use(Middleware.recording(commits::add));

    account.update(state -> state.withLeft(4));
    account.slice(Sample::right, Sample::withRight).set(6);

    assertThatThrownBy(() -> account.update(state -> state.withLeft(-1)))
        .isInstanceOf(VetoedException.class)
        .hasMessageContaining("'account' was vetoed, so nothing changed: overdrawn");
    assertThat(account.get()).isEqualTo(Sample.of(4, 6));
    assertThat(commits).extracting(Commit::after).containsExactly(Sample.of(4, 0), Sample.of(4, 6));
    assertThat(taken).hasSize(3);
  }

  @Test
  void updating_returningNull_saysWhatToDo() {
    Store<Sample> account = Store.updating("account", Sample.of(10, 0));

    assertThatNullPointerException()
        .isThrownBy(() -> account.update(state -> null))
        .withMessageContaining("The updater of store 'account' returned null")
        .withMessageContaining("nothing changed");
  }

  @Test
  void around_returningNull_saysWhatToReturn() {
    Subscription use = store.use(Middleware.around((deed, next) -> null));

    assertThatNullPointerException()
        .isThrownBy(() -> store.dispatch(new Deed.Add(1)))
        .withMessageContaining("of store 'board' returned null for an action Add")
        .withMessageContaining("next.veto(reason)");

    use.close();
    assertThat(store.dispatch(new Deed.Add(1)).state()).isEqualTo(Sample.of(2, 0));
  }

  @Test
  void next_keptForLater_passesOnWhatItWasGiven() {
    List<Runnable> later = new ArrayList<>();
    store.use(
        Middleware.around(
            (deed, next) -> {
              later.add(() -> next.dispatch(deed));
              return next.veto("later");
            }));
    List<Deed> passed = new ArrayList<>();
    store.use(
        Middleware.around(
            (deed, next) -> {
              passed.add(deed);
              return next.dispatch(deed);
            }));

    Dispatched<Sample> outcome = store.dispatch(new Deed.Add(1));
    later.forEach(Runnable::run);

    assertThat(outcome).isEqualTo(new Dispatched.Vetoed<>(Sample.of(1, 0), "later"));
    assertThat(passed).containsExactly(new Deed.Add(1));
    assertThat(store.get()).isEqualTo(Sample.of(2, 0));
  }

  @Test
  void fold_eachOutcome_callsItsFunction() {
    store.use(Middleware.checking((before, after) -> after.left() < 0 ? "negative" : null));
    List<String> told = new ArrayList<>();
    for (Deed deed :
        List.of(new Deed.Add(1), new Deed.Rest(), new Deed.Unknown(), new Deed.Move(9))) {
      told.add(
          store
              .dispatch(deed)
              .fold(
                  committed -> "now at version " + committed.version(),
                  unchanged -> "nothing to do",
                  unhandled -> "nobody knows this action",
                  vetoed -> "refused: " + vetoed.reason()));
    }

    assertThat(told)
        .containsExactly(
            "now at version 1", "nothing to do", "nobody knows this action", "refused: negative");
  }

  private static void refusesNull(ThrowingCallable call, String what) {
    assertThatNullPointerException().isThrownBy(call).withMessageContaining(what);
  }

  @Test
  void null_whereNotAllowed_isRefusedByName() {
    refusesNull(() -> Store.reducing(null, Deed.reducer()), "initial");
    refusesNull(() -> Store.reducing(Sample.of(0, 0), null), "reducer");
    refusesNull(() -> store.dispatch(null), "action");
    refusesNull(() -> store.use(null), "middleware");
    refusesNull(() -> store.inject(null), "reducer");
    refusesNull(() -> store.update(null), "updater");
    refusesNull(() -> Middleware.around(null), "around");
    refusesNull(() -> Middleware.checking(null), "check");
    refusesNull(() -> Middleware.recording(null), "recorder");
    refusesNull(() -> Middleware.logging(null), "logger");
    refusesNull(() -> Reducer.on(Deed.Add.class, null), "reducer");
    refusesNull(() -> Reducer.combine(Deed.reducer(), null), "reducer");
    refusesNull(() -> new RejectedException(null), "value");

    assertThat(store.version()).isZero();
  }

  @Test
  void slice_reducerReturningNull_saysWhoseItWas() {
    ReducingStore<Sample, Deed> sliced =
        Store.reducing(
            "sliced",
            Sample.of(1, 0),
            Reducer.slice(Lens.of(Sample::left, Sample::withLeft), (left, deed) -> null));

    assertThatNullPointerException()
        .isThrownBy(() -> sliced.dispatch(new Deed.Rest()))
        .withMessageContaining("The reducer of a slice returned null for an action Rest");
    assertThat(sliced.get()).isEqualTo(Sample.of(1, 0));
  }

  @Test
  void use_insideUpdater_isRefused() {
    assertThatThrownBy(
            () ->
                store.update(
                    state -> {
                      store.use(Middleware.checking((before, after) -> null));
                      return state;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("adding a middleware to store 'board'");
  }

  @Test
  void closedStore_refusesWhatItRefuses() {
    store.close();

    assertThatThrownBy(() -> store.dispatch(new Deed.Add(1)))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("'board' is closed");
    assertThatThrownBy(() -> store.use(Middleware.recording(commit -> {})))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> store.inject(Deed.reducer())).isInstanceOf(ClosedException.class);
  }

  /** A logger that keeps what it is told. */
  private static final class Lines extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    final transient List<String> told = new ArrayList<>();
    private final boolean debug;

    Lines(boolean debug) {
      this.debug = debug;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
      told.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return debug;
    }

    @Override
    public boolean isInfoEnabled() {
      return debug;
    }

    @Override
    public boolean isWarnEnabled() {
      return debug;
    }

    @Override
    public boolean isErrorEnabled() {
      return debug;
    }
  }
}
