package io.stateward.examples.nodes;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.examples.CannotStartException;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisUnavailableException;
import io.stateward.redis.cache.RedisBackplane;
import io.stateward.redis.cache.RedisLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A Redis: one of this program's own, or one of the person's. */
final class RedisTier implements Tier {

  private final Redis redis;
  private final RedisLayer layer;
  private final RedisBackplane backplane;
  private final RedisPlain plain;
  private final @Nullable EmbeddedRedis server;
  private final String notice;

  private RedisTier(String address, @Nullable EmbeddedRedis server, String notice) {
    this.server = server;
    this.notice = notice;
    redis = Redis.connect(address).namespace("two-nodes");
    try {
      redis.check();
      layer = RedisLayer.of(redis);
      backplane = RedisBackplane.of(redis);
      plain = new RedisPlain(address);
    } catch (RuntimeException e) {
      redis.close();
      throw e;
    }
  }

  /** One of this program's own, which runs. */
  static Tier of(EmbeddedRedis server) {
    return new RedisTier(
        "redis://127.0.0.1:%d".formatted(server.port()),
        server,
        "Redis, a process of this program's own on port %d: break it as you like."
            .formatted(server.port()));
  }

  /** One that the person names. */
  static Tier at(String address) {
    try {
      return new RedisTier(
          address, null, "A Redis of yours. It is neither flushed nor killed here.");
    } catch (RedisUnavailableException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String title() {
    return "Redis";
  }

  @Override
  public String notice() {
    return notice;
  }

  @Override
  public boolean isSubstitute() {
    return false;
  }

  @Override
  public CacheLayer layer() {
    return layer;
  }

  @Override
  public Backplane backplane() {
    return backplane;
  }

  @Override
  public Plain plain() {
    return plain;
  }

  @Override
  public boolean isOurs() {
    return server != null;
  }

  @Override
  public boolean isRunning() {
    return server == null || server.isAlive();
  }

  @Override
  public void flush() {
    plain.flush();
  }

  @Override
  public void kill() {
    if (server != null) {
      server.kill();
    }
  }

  @Override
  public void start() {
    try {
      if (server != null) {
        server.start();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Redis could not be started again.", e);
    }
  }

  @Override
  public void close() {
    plain.close();
    redis.close();
    kill();
  }
}
