package io.stateward.benchmarks.history;

import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.history.Timeline;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;

/**
 * A store, and a timeline of all its commits.
 *
 * @param first the version that it had before them
 */
record Travel(
    Store<EntityTable<Integer, Item>> store,
    Timeline<EntityTable<Integer, Item>, ?> timeline,
    long first)
    implements AutoCloseable {

  static Travel over(int entities, int commits) {
    Store<EntityTable<Integer, Item>> store = Store.of(Item.table(entities));
    Travel travel = new Travel(store, Timeline.of(store), store.version());
    Item.changes(entities, commits, item -> store.update(table -> table.set(item)));
    return travel.checked(commits);
  }

  static Travel withActions(int entities, int commits) {
    ReducingStore<EntityTable<Integer, Item>, Item> store =
        Store.reducing(Item.table(entities), EntityTable::set);
    Travel travel = new Travel(store, Timeline.of(store, EntityTable::set), store.version());
    Item.changes(entities, commits, store::dispatch);
    return travel.checked(commits);
  }

  @Override
  public void close() {
    timeline.close();
    store.close();
  }

  private Travel checked(int commits) {
    Workload.require("The number of moments", commits, timeline.moments().size());
    return this;
  }
}
