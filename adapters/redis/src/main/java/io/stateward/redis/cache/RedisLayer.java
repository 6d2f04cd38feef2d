package io.stateward.redis.cache;

/** A layer in Redis. */
public final class RedisLayer {
  private RedisLayer() {}
}
