package io.stateward.benchmarks.store;

import io.stateward.benchmarks.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Many threads that count one number up, and a look at whether any update was lost. */
final class WritersWorkload implements Workload {

  private final Supplier<Tally> tallies;
  private final int writers;
  private final int updates;
  private final AtomicLong lost = new AtomicLong();
  private final ExecutorService threads;

  WritersWorkload(Supplier<Tally> tallies, int writers, int updates) {
    this.tallies = tallies;
    this.writers = writers;
    this.updates = updates;
    this.threads = Executors.newFixedThreadPool(writers);
  }

  @Override
  public void run() {
    Tally tally = tallies.get();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      running.add(
          threads.submit(
              () -> {
                for (int update = 0; update < updates; update++) {
                  tally.increment();
                }
              }));
    }
    running.forEach(WritersWorkload::await);
    lost.addAndGet(operations() - tally.value());
  }

  private static void await(Future<?> writer) {
    try {
      writer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writers were writing", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a writer failed: " + e.getCause(), e);
    }
  }

  @Override
  public long operations() {
    return (long) writers * updates;
  }

  @Override
  public void verify() {
    Workload.require("The number of lost updates", 0L, lost.get());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
