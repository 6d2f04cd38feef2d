package io.stateward.examples.cookbook;

import io.stateward.cache.CacheFigures;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.redis.cache.RedisBackplane;
import io.stateward.redis.cache.RedisLayer;
import java.time.Duration;

/** Cache-aside across instances that share a layer. */
final class CacheAside {

  private CacheAside() {}

  static LayeredCache<Long, String> shared(
      Caching.Names db, CacheLayer layer, Backplane backplane, Policy policy) {
    // tag: shared
    LayeredCache<Long, String> names =
        LayeredCache.named("names")
            .layer(layer, Codec.text())
            .backplane(backplane)
            .policy(policy)
            .build(db::find);
    // end
    return names;
  }

  static LayeredCache<Long, String> chained(
      Caching.Names db, CacheLayer small, CacheLayer large, Backplane backplane) {
    // tag: chain
    LayeredCache<Long, String> names =
        LayeredCache.named("names")
            .layer(small, Codec.text()) // asked first
            .layer(large, Codec.text()) // asked for what is not there, and then the loader
            .backplane(backplane)
            .build(db::find);
    // end
    return names;
  }

  static Redis redis() {
    // tag: connect
    Redis redis = Redis.connect("redis://localhost:6379").namespace("shop"); // closed at the end
    // end
    return redis;
  }

  static Redis cluster() {
    // tag: cluster
    Redis redis = Redis.cluster("redis://a:6379", "redis://b:6379"); // some of its nodes
    // end
    return redis;
  }

  static Redis sentinel() {
    // tag: sentinel
    Redis redis = Redis.connect("redis-sentinel://a:26379,b:26379/0#main"); // the master's name
    // end
    return redis;
  }

  static LayeredCache<Long, String> overRedis(Caching.Names db, Redis redis) {
    // tag: redis
    LayeredCache<Long, String> names =
        LayeredCache.named("names") // the same name in every instance
            .layer(RedisLayer.of(redis), Codec.text())
            .backplane(RedisBackplane.of(redis))
            .build(db::find);
    // end
    return names;
  }

  static Policy bound() {
    // tag: bound
    Policy policy =
        Policy.ttl(Duration.ofHours(1))
            .heartbeat(Duration.ofMillis(500)) // asks so often whether a message was lost
            .bound(Duration.ofSeconds(2)) // serves memory for no longer without an answer
            .lease(Duration.ofSeconds(10)); // a load, or a write, takes no longer than that
    // end
    return policy;
  }

  static boolean isHealthy(LayeredCache<Long, String> names) {
    // tag: figures
    CacheFigures figures = names.figures().get();
    boolean healthy = figures.confirmationAge().compareTo(figures.bound()) <= 0;
    // end
    return healthy;
  }
}
