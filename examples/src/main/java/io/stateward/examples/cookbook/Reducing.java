package io.stateward.examples.cookbook;

import io.stateward.collection.EntityTable;
import io.stateward.scope.Scope;
import io.stateward.signal.Subscription;
import io.stateward.store.Lens;
import io.stateward.store.Listeners;
import io.stateward.store.Middleware;
import io.stateward.store.Reducer;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Actions say what happened, reducers what follows, middleware what else is done about it. */
final class Reducing {

  private Reducing() {}

  // tag: actions
  sealed interface Action {}

  record Added(Todo todo) implements Action {}

  record Done(long id) implements Action {}

  record Filtered(String text) implements Action {}

  record Renamed(String name) implements Action {}

  // end

  // tag: reducer
  static final Reducer<EntityTable<Long, Todo>, Action> TODOS =
      Reducer.combine(
          Reducer.on(Added.class, (todos, added) -> todos.set(added.todo())),
          Reducer.on(
              Done.class, (todos, done) -> todos.update(done.id(), it -> it.withDone(true))));

  static final Reducer<App, Action> APP =
      Reducer.combine(
          Reducer.slice(Lens.of(App::todos, App::withTodos), TODOS),
          Reducer.on(Filtered.class, (app, filtered) -> app.withFilter(filtered.text())));

  // end

  static ReducingStore<App, Action> store() {
    // tag: store
    ReducingStore<App, Action> store = Store.reducing("app", App.empty(), APP);
    // end
    return store;
  }

  static void dispatch(ReducingStore<App, Action> store, Consumer<String> show) {
    // tag: dispatch
    String told =
        store
            .dispatch(new Added(new Todo(7, "milk", false)))
            .fold(
                committed -> "version " + committed.version(),
                unchanged -> "nothing to do",
                unhandled -> "nobody handles this",
                vetoed -> "refused: " + vetoed.reason());
    // end
    show.accept(told);
  }

  static void middleware(
      ReducingStore<App, Action> store, Logger log, Timekeeper timekeeper, Consumer<String> audit) {
    // tag: middleware
    store.use(Middleware.logging(log)); // at level DEBUG
    store.use(
        Middleware.timing(timekeeper, (action, nanos) -> audit.accept(action + " took " + nanos)));
    store.use(
        Middleware.checking((before, after) -> after.todos().size() > 2 ? "two are enough" : null));
    store.use(
        Middleware.recording(commit -> audit.accept(commit.version() + " " + commit.actions())));
    // end
  }

  static Subscription around(ReducingStore<App, Action> store) {
    // tag: around
    Subscription trimmed =
        store.use(
            Middleware.around(
                (action, next) -> {
                  if (!(action instanceof Filtered filtered)) {
                    return next.dispatch(action);
                  }
                  return filtered.text().length() > 100
                      ? next.veto("nobody types that much")
                      : next.dispatch(new Filtered(filtered.text().trim()));
                }));
    // end
    return trimmed;
  }

  static Subscription late(ReducingStore<App, Action> store) {
    // tag: inject
    Lens<App, User> user = Lens.of(App::user, App::withUser);
    Subscription profile =
        store.inject(
            Reducer.slice(
                user, Reducer.on(Renamed.class, (it, renamed) -> it.withName(renamed.name()))));
    // end
    return profile;
  }

  static Listeners<App, Action> listen(
      Scope scope, ReducingStore<App, Action> store, Executor executor, Consumer<String> remind) {
    // tag: listen
    Listeners<App, Action> listeners = scope.own(Listeners.of(store, executor));
    listeners.on(
        Added.class,
        (added, run) -> { // on the executor, and it may take its time
          Duration anHour = Duration.ofHours(1);
          if (!run.condition(app -> isDone(app, added.todo().id()), anHour)) {
            remind.accept(added.todo().title());
          }
        });
    // end
    return listeners;
  }

  private static boolean isDone(App app, long id) {
    Todo todo = app.todos().get(id);
    return todo != null && todo.done();
  }
}
