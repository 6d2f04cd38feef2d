package io.stateward.examples.cookbook;

import io.stateward.store.Store;

/** Nested records without writing the withers. */
final class NestedRecords {

  private NestedRecords() {}

  static void withers(Store<App> store) {
    // tag: withers
    store.update(
        app -> app.withUser(app.user().withAddress(app.user().address().withCity("Turin"))));
    store.slice(Slices.CITY).set("Rome"); // a lens: the path is written once
    // end
  }

  static Todo several(Todo todo) {
    // tag: several
    Todo bought = todo.with(copy -> copy.title("oat milk").done(true)); // two components at once
    // end
    return bought;
  }

  static void table(Store<App> store) {
    // tag: table
    store.update(app -> app.withTodos(app.todos().update(7L, todo -> todo.withDone(true))));
    // end
  }
}
