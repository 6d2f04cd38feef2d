package io.stateward.benchmarks.flow;

import com.google.common.util.concurrent.Striped;
import io.stateward.benchmarks.Workload;
import io.stateward.flow.KeyedLocks;
import java.util.concurrent.locks.Lock;
import java.util.stream.LongStream;

/** Locks of single keys, taken by one thread, one after the other. */
final class Locks {

  private static final int STRIPES = 1_024;

  private Locks() {}

  static Workload of(String contender, int keys, int batch) {
    return switch (contender) {
      case "stateward" -> new StatewardLocks(keys, batch);
      case "striped" -> new StripedLocks(keys, batch);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  /** Counts what is done while a lock is held. */
  private abstract static class Batch implements Workload {
    final Long[] keys;
    final int batch;
    long done;
    private long runs;

    Batch(int keys, int batch) {
      this.keys = LongStream.range(0, keys).boxed().toArray(Long[]::new);
      this.batch = batch;
    }

    abstract void lockAll();

    @Override
    public final void run() {
      lockAll();
      runs++;
    }

    @Override
    public final long operations() {
      return batch;
    }

    @Override
    public final void verify() {
      Workload.require("What was done under locks", runs * batch, done);
    }
  }

  private static final class StatewardLocks extends Batch {
    private final KeyedLocks<Long> locks = KeyedLocks.create("benchmark");

    StatewardLocks(int keys, int batch) {
      super(keys, batch);
    }

    @Override
    @SuppressWarnings("try") // holding it is what it is for
    void lockAll() {
      for (int i = 0; i < batch; i++) {
        try (KeyedLocks.Held held = locks.lock(keys[i % keys.length])) {
          done++;
        }
      }
    }
  }

  private static final class StripedLocks extends Batch {
    private final Striped<Lock> locks = Striped.lock(STRIPES);

    StripedLocks(int keys, int batch) {
      super(keys, batch);
    }

    @Override
    void lockAll() {
      for (int i = 0; i < batch; i++) {
        Lock lock = locks.get(keys[i % keys.length]);
        lock.lock();
        try {
          done++;
        } finally {
          lock.unlock();
        }
      }
    }
  }
}
