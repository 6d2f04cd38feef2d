package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.Reducing.Action;
import io.stateward.examples.cookbook.Reducing.Added;
import io.stateward.examples.cookbook.Reducing.Done;
import io.stateward.examples.cookbook.Reducing.Filtered;
import io.stateward.examples.cookbook.Reducing.Renamed;
import io.stateward.scope.Scope;
import io.stateward.signal.Subscription;
import io.stateward.store.Dispatched;
import io.stateward.store.ReducingStore;
import io.stateward.testkit.Failures;
import io.stateward.time.VirtualTimekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ReducingTest {

  private static final Todo MILK = new Todo(7, "milk", false);

  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final ReducingStore<App, Action> store = Reducing.store();

  @Test
  void dispatch_actions_makeTheState() {
    Reducing.dispatch(store, shown::add);
    store.dispatch(new Done(7));
    store.dispatch(new Filtered("milk"));

    assertThat(shown).containsExactly("version 1");
    assertThat(store.get().todos().get(7L)).isEqualTo(MILK.withDone(true));
    assertThat(store.get().filter()).isEqualTo("milk");
  }

  @Test
  void dispatch_outcomes_areToldApart() {
    try (Failures failures = Failures.about("app")) {
      assertThat(store.dispatch(new Done(1))).isInstanceOf(Dispatched.Unchanged.class);
      assertThat(store.dispatch(new Renamed("Grace"))).isInstanceOf(Dispatched.Unhandled.class);
      assertThat(failures.list()).hasSize(1);
    }
  }

  @Test
  void middleware_runsAroundBeforeAndAfter() {
    List<String> audit = new ArrayList<>();
    Reducing.middleware(
        store, LoggerFactory.getLogger("app"), VirtualTimekeeper.create(), audit::add);

    store.dispatch(new Added(MILK));
    store.dispatch(new Added(MILK.withId(8)));
    Dispatched<App> third = store.dispatch(new Added(MILK.withId(9)));

    assertThat(third).isInstanceOf(Dispatched.Vetoed.class);
    assertThat(store.get().todos().size()).isEqualTo(2);
    assertThat(audit)
        .filteredOn(line -> line.contains("took"))
        .hasSize(3)
        .allMatch(line -> line.endsWith("took 0"));
    assertThat(audit)
        .filteredOn(line -> !line.contains("took"))
        .containsExactly("1 [" + new Added(MILK) + "]", "2 [" + new Added(MILK.withId(8)) + "]");
  }

  @Test
  void around_changesAndRefuses() {
    Subscription trimmed = Reducing.around(store);

    store.dispatch(new Filtered(" milk "));
    assertThat(store.get().filter()).isEqualTo("milk");
    assertThat(store.dispatch(new Filtered("m".repeat(101))))
        .isInstanceOfSatisfying(
            Dispatched.Vetoed.class,
            it -> assertThat(it.reason()).isEqualTo("nobody types that much"));

    trimmed.close();
    store.dispatch(new Filtered(" tea "));
    assertThat(store.get().filter()).isEqualTo(" tea ");
  }

  @Test
  void inject_partLoadedLate_isHandledWhileItIsThere() {
    try (Failures failures = Failures.about("app");
        Subscription profile = Reducing.late(store)) {
      store.dispatch(new Renamed("Grace"));
      profile.close();
      store.dispatch(new Renamed("Ada"));

      assertThat(store.get().user().name()).isEqualTo("Grace");
      assertThat(failures.list()).hasSize(1);
    }
  }

  @Test
  void listen_done_remindsOfTheOthersAlone() throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Scope scope = Scope.root("page")) {
      Reducing.listen(scope, store, threads, shown::add);

      store.dispatch(new Added(MILK));
      store.dispatch(new Done(7));
    }
    threads.shutdown();

    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue(); // nobody waits an hour
    assertThat(shown).isEmpty();
  }
}
