package io.stateward.benchmarks.store;

import io.stateward.benchmarks.Workload;
import io.stateward.store.Store;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import kotlinx.coroutines.flow.MutableStateFlow;
import kotlinx.coroutines.flow.StateFlowKt;

/** Reads of the current value, each contender in a loop of its own. */
final class Reads {

  private Reads() {}

  static Workload of(String contender, int batch) {
    return switch (contender) {
      case "stateward" -> new StatewardReads(batch);
      case "atomicreference" -> new AtomicReferenceReads(batch);
      case "stateflow" -> new StateFlowReads(batch);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  /** Keeps what was read, so that reading cannot be optimised away. */
  private abstract static class Batch implements Workload {
    final int batch;
    private long runs;
    private long total;

    Batch(int batch) {
      this.batch = batch;
    }

    abstract long sum();

    @Override
    public final void run() {
      total += sum();
      runs++;
    }

    @Override
    public final long operations() {
      return batch;
    }

    @Override
    public final void verify() {
      Workload.require("The sum of what was read", runs * batch, total);
    }
  }

  private static final class StatewardReads extends Batch {
    private final Store<Integer> store = Store.of(1);

    StatewardReads(int batch) {
      super(batch);
    }

    @Override
    long sum() {
      long sum = 0;
      for (int i = 0; i < batch; i++) {
        sum += store.get();
      }
      return sum;
    }
  }

  private static final class AtomicReferenceReads extends Batch {
    private final AtomicReference<Integer> reference = new AtomicReference<>(1);

    AtomicReferenceReads(int batch) {
      super(batch);
    }

    @Override
    long sum() {
      long sum = 0;
      for (int i = 0; i < batch; i++) {
        sum += Objects.requireNonNull(reference.get());
      }
      return sum;
    }
  }

  private static final class StateFlowReads extends Batch {
    private final MutableStateFlow<Integer> state = StateFlowKt.MutableStateFlow(1);

    StateFlowReads(int batch) {
      super(batch);
    }

    @Override
    long sum() {
      long sum = 0;
      for (int i = 0; i < batch; i++) {
        sum += state.getValue();
      }
      return sum;
    }
  }
}
