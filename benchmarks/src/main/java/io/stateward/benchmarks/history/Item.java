package io.stateward.benchmarks.history;

import io.stateward.collection.EntityTable;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** An entity. */
record Item(int id, long value) {

  private static final long SEED = 1;

  /** A state of so many entities, each with its number as value. */
  static EntityTable<Integer, Item> table(int entities) {
    return EntityTable.<Integer, Item>of(Item::id)
        .addAll(IntStream.range(0, entities).mapToObj(id -> new Item(id, -1)).toList());
  }

  /** Makes changes all over a table, always the same ones; each has a value of its own. */
  static void changes(int entities, int changes, Consumer<Item> change) {
    Random random = new Random(SEED);
    for (int i = 0; i < changes; i++) {
      change.accept(new Item(random.nextInt(entities), i));
    }
  }
}
