package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Workload;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/** Reads of items that are all in memory, by one thread or by several at the same time. */
final class HitWorkload implements Workload {

  private static final int DRAWS = CacheWorkloads.READS;
  private static final double ZIPF = 0.99;

  private final CacheInstance cache;
  private final AtomicLong loads;
  private final String[] keys; // in the order of the reads
  private final long expected; // the sum of the identities in a batch
  private final int threads;
  private final CyclicBarrier start;
  private final CyclicBarrier end;
  private final AtomicLong wrong = new AtomicLong();
  private final int items;
  private volatile boolean closed;

  /**
   * Fills the memory.
   *
   * @param pattern {@code zipf}, or {@code same} for one key
   */
  HitWorkload(String contender, String pattern, int items, int threads) {
    this.items = items;
    this.threads = threads;
    loads = new AtomicLong();
    String[] all = Item.keys(items);
    // more room than items, so that all stay, and less than twice: then Caffeine counts the reads
    cache =
        CacheInstances.of(contender, CacheSetting.inMemory(items + items / 4, key -> loaded(key)));
    for (String key : all) {
      cache.get(key);
    }
    int[] draws = pattern.equals("same") ? new int[DRAWS] : Zipf.draw(items, ZIPF, DRAWS);
    keys = new String[DRAWS];
    long sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      keys[i] = all[draws[i]];
      sum += draws[i];
    }
    expected = sum;
    start = new CyclicBarrier(threads);
    end = new CyclicBarrier(threads);
    for (int i = 1; i < threads; i++) {
      Thread helper = new Thread(this::help, "reader " + i);
      helper.setDaemon(true);
      helper.start();
    }
  }

  private Item loaded(String key) {
    loads.incrementAndGet();
    return Item.of(Item.id(key), 0);
  }

  private void help() {
    try {
      for (start.await(); !closed; start.await()) {
        readAll();
        end.await();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      wrong.incrementAndGet();
    }
  }

  @Override
  public void run() {
    if (threads == 1) {
      readAll();
      return;
    }
    try {
      start.await();
      readAll();
      end.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("the readers did not meet", e);
    }
  }

  private void readAll() {
    long sum = 0;
    for (String key : keys) {
      sum += cache.get(key).id();
    }
    if (sum != expected) {
      wrong.incrementAndGet();
    }
  }

  @Override
  public long operations() {
    return (long) DRAWS * threads;
  }

  @Override
  public void verify() {
    Workload.require("How many batches read something else", 0L, wrong.get());
    Workload.require("How often the source was asked", (long) items, loads.get());
    Item first = cache.get(keys[0]);
    Item again = cache.get(keys[0]);
    Workload.require("Whether a hit gives what is stored", true, first == again);
  }

  @Override
  public void close() {
    closed = true;
    if (threads > 1) {
      try {
        start.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException("the readers did not end", e);
      }
    }
    cache.close();
  }
}
