package io.stateward.benchmarks.optimistic;

import io.stateward.collection.EntityTable;
import io.stateward.store.Store;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is common in the field: a change keeps the state before it, and if it fails that state is
 * put back. It loses whatever was done meanwhile, so it is raced only where nothing fails.
 */
final class SnapshotGuesses implements Guesses {

  private final Store<EntityTable<Integer, Item>> store;
  private final Deque<EntityTable<Integer, Item>> snapshots = new ArrayDeque<>();
  private long told;

  SnapshotGuesses(EntityTable<Integer, Item> confirmed) {
    store = Store.of("items", confirmed);
    store.subscribe(change -> told++);
  }

  @Override
  public void mutate(Integer id) {
    snapshots.add(store.get());
    store.update(table -> Item.changed(table, id));
  }

  @Override
  public void acknowledgeOldest() {
    snapshots.remove();
  }

  @Override
  public void rejectOldest() {
    store.set(snapshots.remove());
  }

  @Override
  public EntityTable<Integer, Item> visible() {
    return store.get();
  }

  @Override
  public long told() {
    return told;
  }

  @Override
  public void close() {
    store.close();
  }
}
