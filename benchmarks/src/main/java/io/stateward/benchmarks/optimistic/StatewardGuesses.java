package io.stateward.benchmarks.optimistic;

import io.stateward.collection.EntityTable;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import java.util.ArrayDeque;
import java.util.Deque;

/** An optimistic store, each mutation with a plan of its own, answered from outside. */
final class StatewardGuesses implements Guesses {

  private final OptimisticStore<EntityTable<Integer, Item>> store;
  private final Deque<MutationId> underway = new ArrayDeque<>();
  private long told;

  StatewardGuesses(EntityTable<Integer, Item> confirmed) {
    store = OptimisticStore.of("items", confirmed);
    store.visible().subscribe(change -> told++);
  }

  OptimisticStore<EntityTable<Integer, Item>> store() {
    return store;
  }

  static MutationPlan<EntityTable<Integer, Item>, Item> about(Integer id) {
    return MutationPlan.about(table -> table.get(id), EntityTable::set);
  }

  @Override
  public void mutate(Integer id) {
    underway.add(store.mutate(table -> Item.changed(table, id), about(id)).id());
  }

  @Override
  public void acknowledgeOldest() {
    store.acknowledge(underway.remove());
  }

  @Override
  public void rejectOldest() {
    store.reject(underway.remove(), "There is none of it left.");
  }

  @Override
  public EntityTable<Integer, Item> visible() {
    return store.visible().get();
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
