package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lifetimes: what is opened in a scope, and how it ends. */
final class ScopeTest {

  private final Scope application = Scope.root("application");
  private final List<String> log = new ArrayList<>();

  private AutoCloseable logged(String name) {
    return () -> log.add(name);
  }

  private AutoCloseable failing(String name, Exception problem) {
    return () -> {
      log.add(name);
      throw problem;
    };
  }

  @Test
  void close_exampleOfTheDocumentation_closesAllOfIt() {
    ScopeKey<String> theme = ScopeKey.of("theme", String.class);
    application.provide(theme, "light");
    Store<Integer> cart;
    try (Scope page = application.child("page")) {
      page.provide(theme, "dark");
      Signal<String> shown = page.lookup(theme);
      cart = page.own(Store.of("cart", 0));
      page.subscribe(cart, change -> log.add(shown.get() + change.now()));
      cart.set(1);
    }

    assertThat(log).containsExactly("dark1");
    assertThat(cart.isClosed()).isTrue();
    assertThatThrownBy(() -> cart.set(2)).isInstanceOf(ClosedException.class);
  }

  @Test
  void close_tree_childrenFirstThenOwnedInReverseOrder() {
    application.own(logged("a1"));
    Scope first = application.child("first");
    Scope second = application.child("second");
    application.own(logged("a2"));
    second.own(logged("second"));
    first.own(logged("first1"));
    first.own(logged("first2"));
    first.child("inner").own(logged("inner"));

    application.close();

    assertThat(log).containsExactly("second", "inner", "first2", "first1", "a2", "a1");
  }

  @Test
  void close_again_doesNothing() {
    application.own(logged("once"));

    application.close();
    application.close();

    assertThat(log).containsExactly("once");
    assertThat(application.isClosed()).isTrue();
  }

  @Test
  void close_closersThrow_allRunAndAllIsTold() {
    Scope page = application.child("page");
    IllegalStateException first = new IllegalStateException("first");
    Exception second = new Exception("second");
    application.own(logged("a"));
    application.own(failing("b", second));
    page.own(logged("c"));
    page.own(failing("d", first));

    CloseFailedException thrown =
        catchThrowableOfType(CloseFailedException.class, application::close);

    assertThat(log).containsExactly("d", "c", "b", "a");
    assertThat(thrown)
        .hasCause(first)
        .hasMessageContaining("Scope 'application' is closed")
        .hasMessageContaining("2 of its closers threw")
        .hasMessageContaining("Scope 'application/page': ");
    assertThat(thrown.getSuppressed()).containsExactly(second);
  }

  @Test
  void close_closerIsInterrupted_threadStaysInterrupted() {
    application.own(failing("waits", new InterruptedException()));

    assertThatThrownBy(application::close).hasCauseInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void close_inCallbackOfItsOwnSubscription_endsIt() {
    Store<Integer> store = application.own(Store.of("count", 0));
    application.subscribe(
        store,
        change -> {
          log.add("told " + change.now());
          application.close();
        });
    Signal<Integer> doubled = store.map(n -> 2 * n);
    application.subscribe(doubled, Delivery.latest(), change -> log.add("doubled"));

    store.set(1);

    assertThat(log).containsExactly("told 1");
    assertThat(store.isClosed()).isTrue();
  }

  @Test
  void close_inUpdater_isRefusedAndClosesNothing() {
    Store<Integer> store = application.own(Store.of("count", 0));

    assertThatThrownBy(
            () ->
                store.update(
                    n -> {
                      application.close();
                      return n;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("close of scope 'application'");

    assertThat(application.isClosed()).isFalse();
    assertThat(store.isClosed()).isFalse();
  }

  @Test
  void close_closerUsesTheScopes_findsThemClosedAlready() {
    Scope page = application.child("page");
    page.own(() -> log.add(application.isClosed() + " " + page.isClosed()));

    application.close();

    assertThat(log).containsExactly("true true");
  }

  @Test
  void close_childOnly_parentGoesOn() {
    Scope page = application.child("page");
    page.own(logged("page"));

    page.close();

    assertThat(application.isClosed()).isFalse();
    assertThat(application.child("next").path()).isEqualTo("application/next");
    assertThat(log).containsExactly("page");
  }

  @Test
  void close_hundredThousandDeep_closesBottomUp() {
    int depth = 100_000;
    Scope scope = application;
    int[] closed = {0};
    for (int i = 0; i < depth; i++) {
      int order = depth - i;
      scope = scope.child("s");
      scope.own(() -> assertThat(++closed[0]).isEqualTo(order));
    }

    application.close();

    assertThat(closed[0]).isEqualTo(depth);
  }

  @Test
  void own_sameTwice_isClosedOnce() {
    AutoCloseable resource = application.own(logged("once"));
    application.own(resource);

    application.close();

    assertThat(log).containsExactly("once");
  }

  @Test
  void own_equalButOther_bothAreClosed() {
    record Equal(int id, List<String> log) implements AutoCloseable {
      @Override
      public void close() {
        log.add("closed");
      }
    }
    application.own(new Equal(1, log));
    application.own(new Equal(1, log));

    application.close();

    assertThat(log).hasSize(2);
  }

  @Test
  void own_closedScope_closesAtOnceAndThrows() {
    application.close();

    assertThatThrownBy(() -> application.own(logged("late")))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Scope 'application' is closed")
        .hasMessageContaining("owning a");
    assertThat(log).containsExactly("late");
  }

  @Test
  void own_closedScopeAndCloserThrows_problemIsSuppressed() {
    application.close();
    Exception problem = new Exception("no");

    ClosedException thrown =
        catchThrowableOfType(
            ClosedException.class, () -> application.own(failing("late", problem)));

    assertThat(thrown.getSuppressed()).containsExactly(problem);
  }

  @Test
  void release_owned_isNotClosed() {
    AutoCloseable resource = application.own(logged("released"));

    assertThat(application.release(resource)).isTrue();
    assertThat(application.release(resource)).isFalse();
    application.close();

    assertThat(log).isEmpty();
  }

  @Test
  void closedScope_everythingThatOpens_saysSo() {
    ScopeKey<String> key = ScopeKey.of("key", String.class);
    Store<Integer> store = Store.of(0);
    Scope page = application.child("page");
    application.close();

    assertThatThrownBy(() -> page.child("dialog"))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Scope 'application/page' is closed")
        .hasMessageContaining("opening child 'dialog'");
    assertThatThrownBy(() -> page.provide(key, "x"))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("providing 'key' (String)");
    assertThatThrownBy(() -> page.provideSignal(key, Signal.constant("x")))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> page.withdraw(key)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> page.lookup(key)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> page.lookupOrNull(key)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> page.subscribe(store, change -> {}))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void subscribe_closedEarly_isForgotten() {
    Store<Integer> store = Store.of(0);
    Subscription subscription = application.subscribe(store, change -> log.add("told"));

    subscription.close();
    subscription.close();
    store.set(1);
    application.close();

    assertThat(log).isEmpty();
  }

  @Test
  void subscribe_scopeClosed_ends() {
    Store<Integer> store = Store.of(0);
    application.subscribe(store, change -> log.add("told " + change.now()));
    store.set(1);

    application.close();
    store.set(2);

    assertThat(log).containsExactly("told 1");
  }

  @Test
  void onClose_inTurnWithWhatIsOwned_runsOnce() {
    application.own(logged("first"));
    application.onClose(() -> log.add("cancelled"));
    application.own(logged("last"));

    application.close();

    assertThat(log).containsExactly("last", "cancelled", "first");
  }

  @Test
  void onClose_sameActionTwice_oneClosedTheOtherRuns() {
    Runnable action = () -> log.add("cancelled");
    application.onClose(action);
    Subscription second = application.onClose(action);

    second.close();
    application.close();

    assertThat(log).containsExactly("cancelled");
  }

  @Test
  void onClose_closedScope_runsAtOnce() {
    application.close();

    Subscription subscription = application.onClose(() -> log.add("cancelled"));
    subscription.close();

    assertThat(log).containsExactly("cancelled");
  }
}
