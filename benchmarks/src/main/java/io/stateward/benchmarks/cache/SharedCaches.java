package io.stateward.benchmarks.cache;

import java.util.Objects;

/** Caches that share a layer in Redis, each instance with connections of its own. */
final class SharedCaches {

  private SharedCaches() {}

  static CacheInstance of(String contender, CacheSetting setting) {
    String redis = Objects.requireNonNull(setting.redis());
    return switch (contender) {
      case "stateward" -> new SharedStateward(setting, redis, Wire.WHOLE);
      case "jetcache" -> new SharedJetCache(setting, redis, Wire.WHOLE);
      case "redisson" -> new SharedRedisson(setting, redis);
      case "naive" -> new SharedNaive(setting, redis, Wire.WHOLE);
      case "lettuce" -> new RawLettuce(setting, redis);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  /** The same, with some of the messages lost that it sends. */
  static CacheInstance losing(String contender, CacheSetting setting, Wire wire) {
    String redis = Objects.requireNonNull(setting.redis());
    return switch (contender) {
      case "stateward" -> new SharedStateward(setting, redis, wire);
      case "jetcache" -> new SharedJetCache(setting, redis, wire);
      case "naive" -> new SharedNaive(setting, redis, wire);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }
}
