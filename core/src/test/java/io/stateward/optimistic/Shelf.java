package io.stateward.optimistic;

import io.stateward.collection.PersistentMap;
import io.stateward.flow.Call;
import io.stateward.store.WriteResult;
import java.util.concurrent.CompletableFuture;

/** The state of these tests: how many there are of each thing. */
record Shelf(PersistentMap<String, Integer> items) {

  static final Shelf EMPTY = new Shelf(PersistentMap.of());

  static Shelf of(String item, int count) {
    return EMPTY.with(item, count);
  }

  /** Returns how many there are; zero of what is not there. */
  int count(String item) {
    Integer count = items.get(item);
    return count == null ? 0 : count;
  }

  Shelf with(String item, int count) {
    return new Shelf(items.plus(item, count));
  }

  Shelf without(String item) {
    return new Shelf(items.minus(item));
  }

  private Shelf requiring(String item) {
    if (!items.containsKey(item)) {
      throw new IllegalStateException("there is no " + item);
    }
    return this;
  }

  /** More of something, whether or not it is there: never throws. */
  static Command<Shelf> add(String item, int more) {
    return Command.named("add", shelf -> shelf.with(item, shelf.count(item) + more));
  }

  static Command<Shelf> set(String item, int count) {
    return Command.named("set", shelf -> shelf.with(item, count));
  }

  /** Changes what has to be there. */
  static Command<Shelf> edit(String item, int count) {
    return Command.named("edit", shelf -> shelf.requiring(item).with(item, count));
  }

  static Command<Shelf> remove(String item) {
    return Command.named("remove", shelf -> shelf.requiring(item).without(item));
  }

  static MutationPlan<Shelf, Integer> about(String item) {
    return MutationPlan.about(
        shelf -> shelf.items().get(item), (shelf, count) -> shelf.with(item, count));
  }

  /** A call that is answered with a future. */
  static Call<Sending<Integer>, WriteResult<Integer>> by(
      CompletableFuture<WriteResult<Integer>> answer) {
    return Call.stage(sent -> answer);
  }
}
