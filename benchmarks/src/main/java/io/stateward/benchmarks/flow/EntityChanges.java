package io.stateward.benchmarks.flow;

import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.store.Middleware;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to change one entity of many, each in turn. One subscriber is told of each change. */
final class EntityChanges implements Workload {

  private static final int ENTITIES = 10_000;
  private static final Logger LOGGER = LoggerFactory.getLogger("benchmark");

  private final Store<EntityTable<Integer, Item>> store;
  private final @Nullable ReducingStore<EntityTable<Integer, Item>, Item> reducing;
  private final boolean passesMiddlewares;
  private final int batch;
  private long changes;
  private long told;
  private long timed;
  private long checked;

  private EntityChanges(
      Store<EntityTable<Integer, Item>> store,
      @Nullable ReducingStore<EntityTable<Integer, Item>, Item> reducing,
      boolean passesMiddlewares,
      int batch) {
    this.store = store;
    this.reducing = reducing;
    this.passesMiddlewares = passesMiddlewares;
    this.batch = batch;
    if (reducing != null && passesMiddlewares) {
      use(reducing);
    }
    store.subscribe(change -> told++);
  }

  static Workload by(String way, int batch) {
    if (way.equals("update")) {
      return new EntityChanges(Store.of(table()), null, false, batch);
    }
    var reducing = Store.<EntityTable<Integer, Item>, Item>reducing(table(), EntityTable::set);
    return switch (way) {
      case "dispatch" -> new EntityChanges(reducing, reducing, false, batch);
      case "middlewares" -> new EntityChanges(reducing, reducing, true, batch);
      default -> throw new IllegalArgumentException("No such way to change: " + way);
    };
  }

  private record Item(int id, long value) {}

  private static EntityTable<Integer, Item> table() {
    return EntityTable.<Integer, Item>of(Item::id)
        .addAll(IntStream.range(0, ENTITIES).mapToObj(id -> new Item(id, 0)).toList());
  }

  private void use(ReducingStore<EntityTable<Integer, Item>, Item> target) {
    Workload.require("Whether the logger logs at level DEBUG", false, LOGGER.isDebugEnabled());
    target.use(Middleware.logging(LOGGER));
    target.use(Middleware.timing(Timekeeper.system(), (action, nanos) -> timed++));
    target.use(
        Middleware.checking(
            (before, after) -> {
              checked++;
              return after.size() < before.size() ? "something is lost" : null;
            }));
  }

  @Override
  public void run() {
    for (int i = 0; i < batch; i++) {
      Item item = new Item((int) (changes % ENTITIES), changes / ENTITIES + 1);
      if (reducing == null) {
        store.update(table -> table.set(item));
      } else {
        reducing.dispatch(item);
      }
      changes++;
    }
  }

  @Override
  public long operations() {
    return batch;
  }

  @Override
  public void verify() {
    Workload.require("How often the subscriber was told", changes, told);
    long sum = store.get().values().stream().mapToLong(Item::value).sum();
    Workload.require("The sum of the values", changes, sum);
    long passed = passesMiddlewares ? changes : 0;
    Workload.require("How often it was timed", passed, timed);
    Workload.require("How often it was checked", passed, checked);
  }

  @Override
  public void close() {
    store.close();
  }
}
