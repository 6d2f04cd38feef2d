package io.stateward.examples.cookbook;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Signal;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Selecting from a store: plain, memoised, keyed. */
final class Selecting {

  private Selecting() {}

  static void plain(Store<App> store, Consumer<String> show) {
    // tag: plain
    Signal<String> filter = store.select(App::filter);

    filter.subscribe(change -> show.accept("filter " + change.now()));
    store.update(app -> app.withFilter("milk")); // shows filter milk
    store.update(app -> app.withFilter("milk")); // an equal filter: nobody is told
    store.update(app -> app.withTodos(app.todos().add(new Todo(1, "tea", false)))); // nor here
    // end
  }

  // tag: matching
  static List<Todo> matching(EntityTable<Long, Todo> todos, String filter) {
    return todos.values().stream().filter(todo -> todo.title().contains(filter)).toList();
  }

  // end

  static Signal<List<Todo>> memoised(Store<App> store) {
    // tag: memoised
    Signal<List<Todo>> visible = store.select(App::todos, App::filter, Selecting::matching);
    // end
    return visible;
  }

  static void keyed(Store<App> store, Consumer<String> show) {
    // tag: keyed
    Keyed<Long, Todo> todos = store.entities(App::todos);
    Signal<@Nullable Todo> seven = todos.at(7L);

    seven.subscribe(change -> show.accept(change.was() + " -> " + change.now()));
    store.update(app -> app.withTodos(app.todos().set(new Todo(7, "milk", false))));
    store.update(app -> app.withTodos(app.todos().set(new Todo(8, "bread", false)))); // not told
    store.update(app -> app.withTodos(app.todos().remove(7L)));
    // end
  }

  static Signal<EntityTable<Long, Todo>> ownEquality(Store<App> store) {
    // tag: distinct
    Signal<EntityTable<Long, Todo>> whenTheSizeChanges =
        store.select(App::todos).distinct((one, other) -> one.size() == other.size());
    // end
    return whenTheSizeChanges;
  }
}
