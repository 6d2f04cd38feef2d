package io.stateward.benchmarks.persist;

import io.stateward.benchmarks.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some threads that append records, each waiting for one record before it appends the next. */
final class AppendWorkload implements Workload {

  private final Log log;
  private final int threads;
  private final int records;
  private final byte[] record;
  private final ExecutorService executor;
  private long appended;

  AppendWorkload(Log log, int threads, int records, int size) {
    this.log = log;
    this.threads = threads;
    this.records = records;
    this.record = Folder.bytes(size);
    this.executor = Executors.newFixedThreadPool(threads);
  }

  @Override
  public void run() {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          executor.submit(
              () -> {
                for (int j = 0; j < records / threads; j++) {
                  log.append(record);
                }
              }));
    }
    running.forEach(AppendWorkload::await);
    appended += records;
  }

  private static void await(Future<?> thread) {
    try {
      thread.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while records were appended", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread that appended failed: " + e.getCause(), e);
    }
  }

  @Override
  public long operations() {
    return records;
  }

  @Override
  public void verify() {
    Workload.require("The number of records", appended, log.size());
  }

  @Override
  public void close() {
    executor.shutdownNow();
    log.close();
  }
}
