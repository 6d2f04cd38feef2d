package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.util.Objects;

/**
 * How a {@link MemoryLayer} is made.
 *
 * <pre>{@code
 * MemoryLayer layer =
 *     MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).maximum(100_000));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the timekeeper is.
 *
 * @param timekeeper the clock of leases and lifetimes; only its monotonic time is used
 * @param buckets how many buckets there are for keys; at least 1
 * @param log how many invalidations each bucket remembers, and how many marks of tags and prefixes
 *     there are at most; at least 1
 * @param maximum how many entries of each cache are kept at most; at least 1
 * @since 0.1
 */
public record MemoryLayerOptions(Timekeeper timekeeper, int buckets, int log, int maximum) {

  /**
   * Checks the parts.
   *
   * @param timekeeper the clock
   * @param buckets how many buckets
   * @param log how many invalidations
   * @param maximum how many entries
   * @throws IllegalArgumentException if a number is less than 1
   */
  public MemoryLayerOptions {
    Objects.requireNonNull(timekeeper, "timekeeper");
    atLeastOne("buckets", buckets);
    atLeastOne("log", log);
    atLeastOne("maximum", maximum);
  }

  private static void atLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "A layer in memory has '%s' of at least 1, not %d.".formatted(what, number));
    }
  }

  /**
   * Returns what {@link MemoryLayer#of()} has: real time, 16 buckets, 10,000 invalidations in each,
   * and as many entries as there is memory for.
   *
   * @return the options
   */
  public static MemoryLayerOptions standard() {
    return new MemoryLayerOptions(Timekeeper.system(), 16, 10_000, Integer.MAX_VALUE);
  }

  /**
   * Returns these options with another clock.
   *
   * @param other the clock
   * @return the options
   */
  public MemoryLayerOptions timekeeper(Timekeeper other) {
    return new MemoryLayerOptions(other, buckets, log, maximum);
  }

  /**
   * Returns these options with another number of buckets.
   *
   * @param number how many, at least 1
   * @return the options
   */
  public MemoryLayerOptions buckets(int number) {
    return new MemoryLayerOptions(timekeeper, number, log, maximum);
  }

  /**
   * Returns these options with another length of the logs.
   *
   * @param number how many invalidations, at least 1
   * @return the options
   */
  public MemoryLayerOptions log(int number) {
    return new MemoryLayerOptions(timekeeper, buckets, number, maximum);
  }

  /**
   * Returns these options with another limit of entries. Those that were not read lately go first.
   *
   * @param number how many, at least 1
   * @return the options
   */
  public MemoryLayerOptions maximum(int number) {
    return new MemoryLayerOptions(timekeeper, buckets, log, number);
  }
}
