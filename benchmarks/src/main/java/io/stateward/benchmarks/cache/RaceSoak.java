package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Finding;

/**
 * Races of loads against writes, as many as wanted.
 *
 * <pre>{@code
 * java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' \
 *   io.stateward.benchmarks.cache.RaceSoak 1000000 stateward jetcache redisson naive
 * }</pre>
 *
 * @since 0.1
 */
public final class RaceSoak {

  private static final int PART = 20_000;

  private RaceSoak() {}

  /**
   * Holds the races, and prints a line for each contender.
   *
   * @param args how many races, and the contenders
   */
  public static void main(String[] args) {
    int races = Integer.parseInt(args[0]);
    for (int i = 1; i < args.length; i++) {
      double stale = 0;
      for (int done = 0; done < races; done += PART) {
        int part = Math.min(PART, races - done);
        Finding found = CacheWorkloads.staleSets(args[i], part);
        stale += found.number() * part / races;
        System.err.printf("%s: %,d races%n", args[i], done + part);
      }
      System.out.printf(
          "%s: %.0f stale sets per million races (%,d races)%n", args[i], stale, races);
    }
    System.exit(0); // whatever threads a contender left behind
  }
}
