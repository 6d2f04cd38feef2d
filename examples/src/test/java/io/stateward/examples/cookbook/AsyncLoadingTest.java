package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.cookbook.AsyncLoading.Page;
import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.SupersededException;
import io.stateward.flow.Task;
import io.stateward.flow.Work;
import io.stateward.scope.Scope;
import io.stateward.store.Async;
import io.stateward.store.AsyncAction;
import io.stateward.store.Store;
import io.stateward.testkit.ManualExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AsyncLoadingTest {

  private static final User ADA = new User("Ada", new Address("12 Byron Street", "London"));
  private static final User BLANK = new User(" ", ADA.address());

  private final List<String> shown = new ArrayList<>();
  private final Store<Page> store = Store.of("page", new Page("Users", Async.idle()));
  private final Scope scope = Scope.root("page");
  private final ManualExecutor executor = new ManualExecutor();

  private AsyncAction<Long, User> action(Work<Long, User> api) {
    AsyncLoading.show(store, shown::add);
    return AsyncLoading.action(scope, executor, api, store);
  }

  @Test
  void action_twoRuns_showTheLatestAlone() {
    AsyncAction<Long, User> fetchUser = action(id -> ADA.withName("user " + id));

    AsyncLoading.start(fetchUser);
    executor.runAll();
    fetchUser.start(9L);
    executor.runAll();

    assertThat(shown).containsExactly("loading", "user 8", "user 8, loading anew", "user 9");
  }

  @Test
  void action_fails_showsTheErrorAndNoLoading() {
    AsyncAction<Long, User> fetchUser =
        action(
            id -> {
              throw new IllegalStateException("no network");
            });

    fetchUser.start(7L);
    executor.runAll();

    assertThat(shown).containsExactly("loading", "not loaded: no network");
  }

  @Test
  void action_scopeCloses_isCancelledAndLeavesNoTrace() {
    AsyncAction<Long, User> fetchUser = action(id -> ADA);

    Task<User> task = fetchUser.start(7L);
    scope.close();
    executor.runAll();

    assertThat(task.isDone()).isTrue();
    assertThat(store.get().user()).isEqualTo(Async.idle());
    assertThat(shown).containsExactly("loading", "");
  }

  @Test
  void start_again_supersedesTheRunBefore() throws InterruptedException {
    AsyncAction<Long, User> fetchUser = action(id -> ADA);

    Task<User> first = fetchUser.start(1L);
    AsyncLoading.start(fetchUser);

    assertThat(first.await())
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).isInstanceOf(SupersededException.class));
  }

  @Test
  void stage_cancelled_cancelsTheFuture() {
    Map<Long, CompletableFuture<User>> requests = new HashMap<>();
    AsyncAction<Long, User> fetchUser =
        AsyncLoading.stage(id -> requests.computeIfAbsent(id, key -> new CompletableFuture<>()));

    AsyncLoading.start(fetchUser);

    assertThat(requests.get(7L)).isCancelled();
    assertThat(requests.get(8L)).isNotDone();
  }

  @Test
  void rejection_isAValue() {
    Store<Async<User>> saved = Store.of("saved", Async.idle());
    AsyncAction<User, User> save =
        AsyncAction.drop("users/save", Call.<User, User>blocking(executor, AsyncLoading::save))
            .into(saved);

    save.start(BLANK);
    assertThat(AsyncLoading.told(saved.get())).isEqualTo("saving");
    executor.runAll();
    assertThat(AsyncLoading.told(saved.get())).isEqualTo("correct [name]");
    save.start(ADA);
    executor.runAll();
    assertThat(AsyncLoading.told(saved.get())).isEqualTo("saved");
  }

  @Test
  void save_blankName_isRejected() {
    assertThatThrownBy(() -> AsyncLoading.save(BLANK)).hasMessageContaining("name");
  }
}
