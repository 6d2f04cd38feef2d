package io.stateward.benchmarks.history;

import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.history.History;
import io.stateward.store.Store;

/** A store, and a history in which each of its commits is a step. */
record Undo(Store<EntityTable<Integer, Item>> store, History<EntityTable<Integer, Item>> history) {

  static Undo over(int entities, int commits) {
    Store<EntityTable<Integer, Item>> store = Store.of(Item.table(entities));
    Undo undo = new Undo(store, History.over(store).steps(commits).start());
    Item.changes(entities, commits, item -> store.update(table -> table.set(item)));
    Workload.require("The number of steps", commits, undo.history.status().get().undoable());
    return undo;
  }
}
