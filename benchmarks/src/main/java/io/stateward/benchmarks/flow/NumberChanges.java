package io.stateward.benchmarks.flow;

import io.stateward.benchmarks.Workload;
import io.stateward.store.Middleware;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to change a number by one. One subscriber adds up what it is told. */
final class NumberChanges {

  private NumberChanges() {}

  static Workload by(String way, int batch) {
    return switch (way) {
      case "update" -> new Updates(batch);
      case "dispatch" -> new Dispatches(batch);
      case "middlewares" -> new Middlewares(batch);
      default -> throw new IllegalArgumentException("No such way to change: " + way);
    };
  }

  /** What can happen to the number. */
  private record Add(int amount) {}

  /** Adds up what it was told. */
  private abstract static class Batch implements Workload {
    final int batch;
    private final Store<Integer> store;
    private long changes;
    private long told;

    Batch(Store<Integer> store, int batch) {
      this.store = store;
      this.batch = batch;
      store.subscribe(change -> told += change.now());
    }

    abstract void change();

    @Override
    public final void run() {
      change();
      changes += batch;
    }

    @Override
    public final long operations() {
      return batch;
    }

    @Override
    public void verify() {
      Workload.require("The number", changes, (long) store.get());
      long sum = changes * (changes + 1) / 2;
      Workload.require("The sum of what the subscriber was told", sum, told);
    }

    @Override
    public final void close() {
      store.close();
    }
  }

  private static final class Updates extends Batch {
    private final Store<Integer> store;

    Updates(int batch) {
      this(Store.of(0), batch);
    }

    private Updates(Store<Integer> store, int batch) {
      super(store, batch);
      this.store = store;
    }

    @Override
    void change() {
      for (int i = 0; i < batch; i++) {
        store.update(n -> n + 1);
      }
    }
  }

  private static class Dispatches extends Batch {
    final ReducingStore<Integer, Add> store;

    Dispatches(int batch) {
      this(Store.reducing(0, (number, add) -> number + add.amount()), batch);
    }

    private Dispatches(ReducingStore<Integer, Add> store, int batch) {
      super(store, batch);
      this.store = store;
    }

    @Override
    final void change() {
      for (int i = 0; i < batch; i++) {
        store.dispatch(new Add(1));
      }
    }
  }

  /** A clock that ticks whenever it is read. */
  private static final class Ticks implements Timekeeper {
    private long ticks;

    @Override
    public Instant now() {
      return Instant.ofEpochMilli(ticks);
    }

    @Override
    public long nanoTime() {
      return ticks++;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("Nothing is scheduled here.");
    }
  }

  private static final class Middlewares extends Dispatches {
    private static final Logger LOGGER = LoggerFactory.getLogger("benchmark");
    private long timed;
    private long checked;

    Middlewares(int batch) {
      super(batch);
      Workload.require("Whether the logger logs at level DEBUG", false, LOGGER.isDebugEnabled());
      store.use(Middleware.logging(LOGGER));
      store.use(Middleware.timing(new Ticks(), (action, nanos) -> timed += nanos));
      store.use(
          Middleware.checking(
              (before, after) -> {
                checked++;
                return after < 0 ? "less than nothing" : null;
              }));
    }

    @Override
    public void verify() {
      super.verify();
      Workload.require("The time that it took", (long) store.get(), timed);
      Workload.require("How often it was checked", (long) store.get(), checked);
    }
  }
}
