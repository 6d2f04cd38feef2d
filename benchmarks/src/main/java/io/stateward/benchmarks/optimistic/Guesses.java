package io.stateward.benchmarks.optimistic;

import io.stateward.collection.EntityTable;

/** A table that shows changes before the server has answered them, and one subscriber to it. */
interface Guesses extends AutoCloseable {

  static Guesses of(String contender, int entities) {
    EntityTable<Integer, Item> confirmed = Item.table(entities);
    return switch (contender) {
      case "stateward" -> new StatewardGuesses(confirmed);
      case "snapshots" -> new SnapshotGuesses(confirmed);
      case "layers" -> new LayerGuesses(confirmed);
      default -> throw new IllegalArgumentException("No such contender: " + contender);
    };
  }

  /** Changes an entity, which shows at once. */
  void mutate(Integer id);

  /** Takes the server's word that the oldest change under way was carried out. */
  void acknowledgeOldest();

  /** Takes the oldest change under way back. */
  void rejectOldest();

  /** What is shown. */
  EntityTable<Integer, Item> visible();

  /** How often the subscriber was told of another table. */
  long told();

  @Override
  default void close() {}
}
