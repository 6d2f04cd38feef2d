package io.stateward.examples.cookbook;

import static java.util.Comparator.comparing;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.List;
import java.util.function.Consumer;

/** Lists of things that have an id. */
final class Entities {

  private Entities() {}

  static EntityTable<Long, Todo> table() {
    // tag: table
    EntityTable<Long, Todo> todos = EntityTable.sorted(Todo::id, comparing(Todo::title));

    todos = todos.set(new Todo(1, "tea", false)).set(new Todo(2, "milk", false)); // milk, tea
    todos = todos.update(1L, todo -> todo.withDone(true)); // by id; an unknown id changes nothing
    todos = todos.add(new Todo(2, "cream", false)); // 2 is taken: the same table comes back
    todos =
        todos.upsert(new Todo(2, "oat milk", false), (now, given) -> now.withTitle(given.title()));
    todos = todos.remove(1L);
    // end
    return todos;
  }

  static List<EntityTable<Long, Todo>> many(EntityTable<Long, Todo> todos, List<Todo> loaded) {
    // tag: many
    EntityTable<Long, Todo> merged = todos.setAll(loaded); // adds and replaces
    EntityTable<Long, Todo> exactly = todos.replaceAll(loaded); // and removes what is not in it
    EntityTable<Long, Todo> allDone = todos.updateAll(todo -> todo.withDone(true));
    // end
    return List.of(merged, exactly, allDone);
  }

  // tag: rows
  static Subscription rows(Store<App> store, Consumer<String> patch) {
    return store
        .select(App::todos)
        .subscribe(
            change ->
                change
                    .now()
                    .diff(change.was())
                    .forEach(
                        row ->
                            patch.accept(
                                row.fold(
                                    added -> "insert row " + added.key(),
                                    removed -> "delete row " + removed.key(),
                                    changed -> "update row " + changed.key()))));
  }
  // end
}
