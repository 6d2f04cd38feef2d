package io.stateward.examples.cookbook;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.stateward.collection.EntityTable;

// tag: app
@RecordBuilder
record App(User user, EntityTable<Long, Todo> todos, String filter) implements AppBuilder.With {

  static App empty() {
    return new App(
        new User("Ada", new Address("12 Byron Street", "London")), EntityTable.of(Todo::id), "");
  }
}
// end
