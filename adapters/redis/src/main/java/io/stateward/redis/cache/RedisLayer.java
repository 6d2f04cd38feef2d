package io.stateward.redis.cache;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.redis.Redis;
import io.stateward.redis.internal.LettuceRedis;
import io.stateward.redis.internal.Wire;
import java.util.concurrent.CompletionStage;

/**
 * A layer in Redis or Valkey.
 *
 * <pre>{@code
 * Redis redis = Redis.connect("redis://localhost:6379").namespace("shop");
 * LayeredCache<Long, User> users =
 *     LayeredCache.named("users")
 *         .layer(RedisLayer.of(redis), codec)
 *         .backplane(RedisBackplane.of(redis))
 *         .build(database::findUser);
 * }</pre>
 *
 * <p>Each bucket of a cache is in one slot of a cluster. No clock but that of Redis decides.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> A server that was restarted, restored or promoted has another replication
 * history than before, and every step that changes something looks at it: then no number, entry or
 * lease is believed, which costs loads. A reader does so when it connects, and with each heartbeat.
 * A Redis that evicts keys may evict an announced write, which then protects no more against an old
 * value if the writer dies before it has invalidated; one with {@code noeviction} or {@code
 * volatile-ttl} and enough memory does not.
 *
 * <p><b>Cost.</b> One connection for each cache. A read is one round trip of plain commands: two of
 * one server, four in a cluster, where none may be of several slots. Whatever changes something is
 * one script. An entry is one string with some 100 bytes beside its value.
 *
 * @since 0.1
 */
public final class RedisLayer implements CacheLayer {

  private final Wire wire;
  private final String namespace;
  private final RedisLayerOptions options;

  RedisLayer(Wire wire, String namespace, RedisLayerOptions options) {
    this.wire = wire;
    this.namespace = namespace;
    this.options = options;
  }

  /**
   * Returns the layer in a Redis, with the standard options.
   *
   * @param redis where
   * @return the layer
   */
  public static RedisLayer of(Redis redis) {
    return of(redis, RedisLayerOptions.standard());
  }

  /**
   * Returns the layer in a Redis.
   *
   * @param redis where
   * @param options how it is made
   * @return the layer
   */
  public static RedisLayer of(Redis redis, RedisLayerOptions options) {
    LettuceRedis it = LettuceRedis.of(redis);
    return new RedisLayer(it.wire(), it.namespace(), options);
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    if (cache.isBlank()) {
      throw new IllegalArgumentException("A cache has a name that is not blank.");
    }
    return new RedisSession(wire, new Keys(namespace, cache), form, options).open();
  }

  @Override
  public String toString() {
    return "Layer in Redis at %s, namespace '%s'".formatted(wire.where(), namespace);
  }
}
