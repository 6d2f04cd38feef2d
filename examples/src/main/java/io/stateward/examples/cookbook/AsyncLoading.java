package io.stateward.examples.cookbook;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.flow.Work;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Async;
import io.stateward.store.AsyncAction;
import io.stateward.store.RejectedException;
import io.stateward.store.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Values that are loaded: one of four things, and never two of them. */
final class AsyncLoading {

  private AsyncLoading() {}

  // tag: state
  record Page(String title, Async<User> user) {

    Page withUser(Async<User> now) {
      return new Page(title, now);
    }
  }

  // end

  // tag: line
  static String line(Async<User> user) {
    return user.fold(
        () -> "",
        previous -> previous == null ? "loading" : previous.name() + ", loading anew",
        ready -> ready.name(),
        failed -> "not loaded: " + failed.message());
  }

  // end

  static AsyncAction<Long, User> action(
      Scope scope, Executor executor, Work<Long, User> api, Store<Page> store) {
    // tag: action
    AsyncAction<Long, User> fetchUser =
        AsyncAction.latest("users/fetch", Call.blocking(executor, api))
            .within(scope.cancellation()) // leaving the page ends what is under way
            .into(store.slice(Page::user, Page::withUser));
    // end
    return fetchUser;
  }

  static Subscription show(Store<Page> store, Consumer<String> view) {
    // tag: show
    Signal<String> line = store.select(Page::user).map(AsyncLoading::line);
    Subscription shown = line.subscribe(change -> view.accept(change.now()));
    // end
    return shown;
  }

  static Task<User> start(AsyncAction<Long, User> fetchUser) {
    // tag: start
    Task<User> seven = fetchUser.start(7L); // the store shows Pending when this returns
    Task<User> eight = fetchUser.start(8L); // cancels the one before, and its thread is interrupted
    // end
    seven.onEnd(outcome -> {});
    return eight;
  }

  static AsyncAction<Long, User> stage(Function<Long, CompletableFuture<User>> client) {
    // tag: stage
    AsyncAction<Long, User> fetchUser = AsyncAction.latest("users/fetch", Call.stage(client));
    // end
    return fetchUser;
  }

  // tag: problems
  record Problems(List<String> fields) {}

  static User save(User user) {
    if (user.name().isBlank()) {
      throw new RejectedException(new Problems(List.of("name")));
    }
    return user;
  }

  static String told(Async<User> user) {
    return user.fold(
        () -> "",
        previous -> "saving",
        ready -> "saved",
        failed -> {
          Problems problems = failed.rejection(Problems.class);
          return problems == null ? failed.message() : "correct " + problems.fields();
        });
  }
  // end
}
