package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.TimedWorkload;
import io.stateward.benchmarks.Workload;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A write of an item that all instances have in memory, timed from the commit until none of them
 * has the old version any more.
 */
final class CleanWorkload implements TimedWorkload {

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int LEAST = 5;

  private final RacedSource source = new RacedSource();
  private final Fleet fleet;
  private long next;
  private long failed;

  CleanWorkload(String contender, int instances) {
    fleet = new Fleet(instances, source::load, setting -> CacheInstances.of(contender, setting));
  }

  /** Returns the median in a while, and of some writes at least. */
  @Override
  public double measure(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    double[] times = new double[LEAST];
    int count = 0;
    while (count < LEAST || System.nanoTime() - end < 0) {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = write();
    }
    Arrays.sort(times, 0, count);
    return times[count / 2];
  }

  private long write() {
    String key = Item.key(next % 1_000);
    CacheInstance writer = fleet.instances.get((int) (next++ % fleet.instances.size()));
    fleet.warm(key);
    source.commit(key);
    long start = System.nanoTime();
    writer.invalidate(key);
    failed += fleet.awaitClean(key, source.version(key), LIMIT_NANOS) < 0 ? 1 : 0;
    return System.nanoTime() - start;
  }

  @Override
  public void run() {
    write();
  }

  @Override
  public void verify() {
    Workload.require("How often somebody kept the old one for 5 s", 0L, failed);
  }

  @Override
  public void close() {
    fleet.close();
  }
}
