package io.stateward.redis.cache;

/**
 * How a {@link RedisLayer} is made.
 *
 * <pre>{@code
 * RedisLayer layer = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(64));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param buckets how many buckets there are for keys; at least 1. All that share a cache have the
 *     same number of them
 * @param log how many invalidations each bucket remembers at least, and how many marks of tags and
 *     prefixes there are at most; at least 1
 * @param maximumBytes how long an encoded value may be, inclusive; at least 0. A longer one is not
 *     stored
 * @since 0.1
 */
public record RedisLayerOptions(int buckets, int log, int maximumBytes) {

  /**
   * Checks the parts.
   *
   * @param buckets how many buckets
   * @param log how many invalidations
   * @param maximumBytes how long a value
   * @throws IllegalArgumentException if a number is too low
   */
  public RedisLayerOptions {
    atLeast(1, "buckets", buckets);
    atLeast(1, "log", log);
    atLeast(0, "maximumBytes", maximumBytes);
  }

  private static void atLeast(int least, String what, int number) {
    if (number < least) {
      throw new IllegalArgumentException(
          "A layer in Redis has '%s' of at least %d, not %d.".formatted(what, least, number));
    }
  }

  /**
   * Returns what {@link RedisLayer#of(io.stateward.redis.Redis)} has: 16 buckets, 10,000
   * invalidations in each, and values of up to 1 MiB.
   *
   * @return the options
   */
  public static RedisLayerOptions standard() {
    return new RedisLayerOptions(16, 10_000, 1 << 20);
  }

  /**
   * Returns these options with another number of buckets.
   *
   * @param number how many, at least 1
   * @return the options
   */
  public RedisLayerOptions buckets(int number) {
    return new RedisLayerOptions(number, log, maximumBytes);
  }

  /**
   * Returns these options with another length of the logs.
   *
   * @param number how many invalidations, at least 1
   * @return the options
   */
  public RedisLayerOptions log(int number) {
    return new RedisLayerOptions(buckets, number, maximumBytes);
  }

  /**
   * Returns these options with another limit of values.
   *
   * @param number how many bytes, at least 0
   * @return the options
   */
  public RedisLayerOptions maximumBytes(int number) {
    return new RedisLayerOptions(buckets, log, number);
  }
}
