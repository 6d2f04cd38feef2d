package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes of which one in a hundred is told to nobody: how long until the old version is gone.
 *
 * <p>The lost one is the last of each hundred, and then all is quiet: nothing that comes after it
 * tells others that they have missed it.
 */
final class Losses {

  private static final int INSTANCES = 3;
  private static final int HUNDRED = 100;

  private Losses() {}

  /**
   * Returns the longest time, in milliseconds.
   *
   * @param hundreds how many hundred writes
   * @param limitMillis when to give up
   * @return the longest time; the limit if it was reached
   */
  static double longestMillis(String contender, int hundreds, long limitMillis) {
    RacedSource source = new RacedSource();
    AtomicInteger sent = new AtomicInteger();
    Wire wire = () -> sent.incrementAndGet() % HUNDRED == 0;
    Fleet.Maker maker = setting -> SharedCaches.losing(contender, setting, wire);
    long longest = 0;
    try (Fleet fleet = new Fleet(INSTANCES, source::load, maker)) {
      for (int round = 0; round < hundreds; round++) {
        for (int i = 0; i < HUNDRED; i++) {
          fleet.warm(Item.key((long) round * HUNDRED + i));
        }
        sent.set(0); // what is told of fills does not count
        for (int i = 0; i < HUNDRED; i++) {
          longest = Math.max(longest, write(fleet, source, round * HUNDRED + i, limitMillis));
        }
        Workload.require("Whether one message was lost", HUNDRED, sent.get());
      }
    }
    return longest;
  }

  private static long write(Fleet fleet, RacedSource source, int id, long limitMillis) {
    String key = Item.key(id);
    source.commit(key);
    fleet.instances.get(0).invalidate(key);
    long limit = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    long nanos = fleet.awaitClean(key, source.version(key), limit);
    return nanos < 0 ? limitMillis : TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
