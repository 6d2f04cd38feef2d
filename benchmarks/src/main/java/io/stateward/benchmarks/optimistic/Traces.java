package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.optimistic.Mutation;
import io.stateward.optimistic.OptimisticStore;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/** What changes under way keep alive, and what those that are over leave behind. */
final class Traces {

  private static final int WARM_UPS = 2;

  private Traces() {}

  /**
   * Weighs what is under way.
   *
   * @return the bytes retained by each change
   */
  static long pending(String contender, int entities, int changes) {
    Integer[] places = Item.places(entities, changes);
    fill(contender, entities, places); // loads the classes
    Guesses guesses = Guesses.of(contender, entities);
    long bytes =
        growth(
            places,
            () -> {
              for (Integer place : places) {
                guesses.mutate(place);
              }
              return guesses;
            });
    Workload.require("The sum of what is visible", (long) changes, Item.sum(guesses.visible()));
    return bytes / changes;
  }

  private static void fill(String contender, int entities, Integer[] places) {
    try (Guesses guesses = Guesses.of(contender, entities)) {
      for (Integer place : places) {
        guesses.mutate(place);
      }
    }
  }

  /**
   * Settles changes in every way: acknowledged, taken back, cancelled, and included in a push. A
   * few of those that fail are kept for people to see, always as many; so these are there before,
   * and so is whatever the virtual machine makes itself.
   *
   * @return the growth of the heap in bytes
   */
  static long settled(int entities, int changes) {
    Integer[] places = Item.places(entities, changes);
    OptimisticStore<EntityTable<Integer, Item>> store =
        OptimisticStore.of("items", Item.table(entities));
    for (int i = 0; i < WARM_UPS; i++) {
      settle(store, places);
      Heap.used();
    }
    long bytes =
        growth(
            places,
            () -> {
              settle(store, places);
              return store;
            });
    Workload.require("Whether nothing is under way", true, store.pending().get().isEmpty());
    long confirmed = (WARM_UPS + 1L) * changes / 2; // the other half failed
    Workload.require("The confirmed sum", confirmed, Item.sum(store.confirmed().get()));
    return bytes;
  }

  private static long growth(Integer[] places, Supplier<?> work) {
    try {
      return Heap.retainedBy(work);
    } finally {
      Reference.reachabilityFence(places); // let go of meanwhile, they would hide a growth
    }
  }

  private static void settle(OptimisticStore<EntityTable<Integer, Item>> store, Integer[] places) {
    for (int i = 0; i < places.length; i++) {
      Integer id = places[i];
      Mutation<Item> mutation =
          store.mutate(table -> Item.changed(table, id), StatewardGuesses.about(id));
      switch (i % 4) {
        case 0 -> store.acknowledge(mutation.id());
        case 1 -> store.external(table -> Item.changed(table, id), mutation.id());
        case 2 -> store.reject(mutation.id(), "There is none of it left.");
        default -> mutation.cancel();
      }
    }
  }
}
