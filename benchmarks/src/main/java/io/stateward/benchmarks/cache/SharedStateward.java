package io.stateward.benchmarks.cache;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.redis.Redis;
import io.stateward.redis.cache.RedisBackplane;
import io.stateward.redis.cache.RedisLayer;
import io.stateward.signal.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Our cache over a layer and a backplane in Redis; everything else as it is by default, but that an
 * answer of Redis is waited for about as patiently as peers do by default: what is counted here is
 * what a cache does while its layer answers, however busy the machine is.
 */
final class SharedStateward implements CacheInstance {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Redis redis;
  private final LayeredCache<String, Item> cache;

  SharedStateward(CacheSetting setting, String address, Wire wire) {
    redis = Redis.connect(address + "?timeout=20s");
    cache =
        LayeredCache.named("items")
            .memory(Math.max(1, setting.size()))
            .layer(RedisLayer.of(redis), Item.CODEC)
            .backplane(losing(RedisBackplane.of(redis), wire))
            .policy(Policy.ttl(setting.ttl()))
            .build(setting.loader()::apply);
    awaitLayer();
  }

  private void awaitLayer() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        cache.invalidate("nothing");
        return;
      } catch (LayerUnavailableException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static Backplane losing(Backplane whole, Wire wire) {
    if (wire == Wire.WHOLE) {
      return whole;
    }
    return new Backplane() {
      @Override
      public Subscription listen(String cache, Consumer<Message> listener) {
        return whole.listen(cache, listener);
      }

      @Override
      public void send(String cache, Message message) {
        if (!wire.loses()) {
          whole.send(cache, message);
        }
      }
    };
  }

  @Override
  public Item get(String key) {
    return cache.get(key).value();
  }

  @Override
  public void invalidate(String key) {
    cache.invalidate(key);
  }

  @Override
  public @Nullable Item inMemory(String key) {
    return cache.peek(key).map(Result::value).orElse(null);
  }

  @Override
  public void close() {
    cache.close();
    redis.close();
  }
}
