package io.stateward.benchmarks.optimistic;

import io.stateward.collection.EntityTable;
import java.util.Random;
import java.util.stream.IntStream;

/** An entity. A change adds one to its value, so that the sum counts the changes. */
record Item(int id, long value) {

  private static final long SEED = 1;

  /** A state of so many entities, each of value zero. */
  static EntityTable<Integer, Item> table(int entities) {
    return EntityTable.<Integer, Item>of(Item::id)
        .addAll(IntStream.range(0, entities).mapToObj(id -> new Item(id, 0)).toList());
  }

  /** Where changes are made: all over a table, always the same places in the same order. */
  static Integer[] places(int entities, int count) {
    return new Random(SEED).ints(count, 0, entities).boxed().toArray(Integer[]::new);
  }

  static EntityTable<Integer, Item> changed(EntityTable<Integer, Item> table, Integer id) {
    return table.update(id, Item::plusOne);
  }

  static long sum(EntityTable<Integer, Item> table) {
    return table.values().stream().mapToLong(Item::value).sum();
  }

  private Item plusOne() {
    return new Item(id, value + 1);
  }
}
