package io.stateward.benchmarks.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Races of a load against a write, with an oracle that knows what the source has.
 *
 * <pre>
 *   reader   reads the source: n ............................ returns n ... the cache may store n
 *   writer                       commits n+1 ... invalidates
 * </pre>
 *
 * <p>In half of the races the invalidation has returned before the load does, unless the cache has
 * it wait for the load; in the other half both are let go at the same time. In half of each the
 * writer is the reader's own instance, otherwise another one. When all of a batch are over, and the
 * time has passed within which a cache says that it repairs itself, whoever still serves n has a
 * stale set: it would serve it until its time to live is over.
 */
final class StaleSets implements AutoCloseable {

  private static final long AHEAD_MILLIS = 20;
  private static final int BATCH = 2_000;

  private final RacedSource source = new RacedSource();
  private final List<CacheInstance> instances = new ArrayList<>(); // reader, writer, onlooker
  private final ExecutorService readers = Executors.newCachedThreadPool(StaleSets::daemon);
  private final Duration settle;
  private long next;

  /** Makes an instance of a cache over a source. */
  interface Maker {
    CacheInstance over(RacedSource source);
  }

  /**
   * Makes the instances.
   *
   * @param howMany 1 for a cache in memory alone; 3 for one that instances share: one that reads,
   *     one that writes, and one that looks at what they share
   * @param settle how long to wait after a batch
   */
  StaleSets(Maker maker, int howMany, Duration settle) {
    for (int i = 0; i < howMany; i++) {
      instances.add(maker.over(source));
    }
    this.settle = settle;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "racer");
    thread.setDaemon(true);
    return thread;
  }

  /** Has races, each for a key of its own, and returns how many left something stale. */
  long outOf(int races) {
    long stale = 0;
    for (int done = 0; done < races; done += BATCH) {
      stale += batch(Math.min(BATCH, races - done));
    }
    return stale;
  }

  private long batch(int races) {
    List<String> keys = new ArrayList<>();
    try {
      for (int i = 0; i < races; i++) {
        String key = Item.key(next);
        race(key, next % 2 == 0, next / 2 % 2 == 0);
        keys.add(key);
        next++;
      }
    } catch (Exception e) { // of the cache: then there is no figure
      throw new IllegalStateException("a race could not be held: " + e, e);
    }
    long end = System.nanoTime() + settle.toNanos();
    for (long left = settle.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return keys.stream().filter(this::isStale).count();
  }

  private void race(String key, boolean inOrder, boolean sameInstance) throws Exception {
    CacheInstance reader = instances.get(0);
    CacheInstance writer = sameInstance || instances.size() == 1 ? reader : instances.get(1);
    RacedSource.Held load = source.hold(key);
    Future<Item> read = readers.submit(() -> reader.get(key));
    load.awaitRead();
    source.commit(key);
    Future<?> invalidated = readers.submit(() -> writer.invalidate(key));
    if (inOrder) {
      try {
        invalidated.get(AHEAD_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // it waits for the load
      }
    }
    load.letGo();
    read.get();
    invalidated.get();
  }

  /** Whether anybody serves less than the source has. What is shared is looked at first. */
  private boolean isStale(String key) {
    long present = source.version(key);
    boolean stale = false;
    for (int i = instances.size() - 1; i >= 0; i--) {
      stale |= instances.get(i).get(key).version() < present;
    }
    return stale;
  }

  @Override
  public void close() {
    readers.shutdownNow();
    instances.forEach(CacheInstance::close);
  }
}
