package io.stateward.benchmarks.cache;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stateward.cache.CacheBuilder;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.cache2k.Cache2kBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.caffeine.CaffeineCache;

/**
 * Caches of which the memory is asked for: with nothing behind it but the loader, or with a layer
 * of their own where there is no memory without one.
 */
final class MemoryCaches {

  private MemoryCaches() {}

  static CacheInstance of(String contender, CacheSetting setting) {
    return switch (contender) {
      case "stateward" -> new Ours(setting, false);
      case "layered" -> new Ours(setting, true);
      case "caffeine" -> new RawCaffeine(setting);
      case "cache2k" -> new Cache2k(setting);
      case "guava" -> new Guava(setting);
      case "jetcache" -> new JetCache(setting);
      case "spring" -> new Spring(setting);
      case "naive" -> new Naive(setting);
      case "redisson" -> new RedissonMemory(setting);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  /** Our cache, perhaps with a layer in this process; everything else as it is by default. */
  private static final class Ours implements CacheInstance {
    private final LayeredCache<String, Item> cache;

    Ours(CacheSetting setting, boolean layered) {
      CacheBuilder<Object, Object> builder =
          LayeredCache.named("items").memory(setting.size()).policy(Policy.ttl(setting.ttl()));
      cache =
          layered
              ? builder
                  .layer(MemoryLayer.of(), Item.CODEC)
                  .backplane(MemoryBackplane.of())
                  .build(setting.loader()::apply)
              : builder.build(setting.loader()::apply);
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
    }
  }

  private static Cache<String, Item> caffeine(CacheSetting setting) {
    return Caffeine.newBuilder()
        .maximumSize(setting.size())
        .expireAfterWrite(setting.ttl())
        .build();
  }

  private static final class RawCaffeine implements CacheInstance {
    private final Cache<String, Item> cache;
    private final CacheSetting setting;

    RawCaffeine(CacheSetting setting) {
      this.cache = caffeine(setting);
      this.setting = setting;
    }

    @Override
    public Item get(String key) {
      Item hit = cache.getIfPresent(key);
      return hit != null ? hit : cache.get(key, setting.loader());
    }

    @Override
    public void invalidate(String key) {
      cache.invalidate(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.getIfPresent(key);
    }
  }

  /** What many write by hand: look, load, put; and remove after a write. */
  private static final class Naive implements CacheInstance {
    private final Cache<String, Item> cache;
    private final CacheSetting setting;

    Naive(CacheSetting setting) {
      this.cache = caffeine(setting);
      this.setting = setting;
    }

    @Override
    public Item get(String key) {
      Item hit = cache.getIfPresent(key);
      if (hit != null) {
        return hit;
      }
      Item loaded = setting.loader().apply(key);
      cache.put(key, loaded);
      return loaded;
    }

    @Override
    public void invalidate(String key) {
      cache.invalidate(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.getIfPresent(key);
    }
  }

  private static final class Cache2k implements CacheInstance {
    private final org.cache2k.Cache<String, Item> cache;

    Cache2k(CacheSetting setting) {
      cache =
          Cache2kBuilder.of(String.class, Item.class)
              .entryCapacity(setting.size())
              .expireAfterWrite(setting.ttl().toMillis(), TimeUnit.MILLISECONDS)
              .loader(setting.loader()::apply)
              .build();
    }

    @Override
    public Item get(String key) {
      return Objects.requireNonNull(cache.get(key), "what the loader gave");
    }

    @Override
    public void invalidate(String key) {
      cache.remove(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.peek(key);
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  private static final class Guava implements CacheInstance {
    private final com.google.common.cache.LoadingCache<String, Item> cache;

    Guava(CacheSetting setting) {
      cache =
          com.google.common.cache.CacheBuilder.newBuilder()
              .maximumSize(setting.size())
              .expireAfterWrite(setting.ttl())
              .build(com.google.common.cache.CacheLoader.from(setting.loader()::apply));
    }

    @Override
    public Item get(String key) {
      return cache.getUnchecked(key);
    }

    @Override
    public void invalidate(String key) {
      cache.invalidate(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.getIfPresent(key);
    }
  }

  /** Its local cache over Caffeine, with one load for all who miss at the same time. */
  private static final class JetCache implements CacheInstance {
    private final com.alicp.jetcache.Cache<String, Item> cache;

    JetCache(CacheSetting setting) {
      cache =
          CaffeineCacheBuilder.createCaffeineCacheBuilder()
              .limit(setting.size())
              .expireAfterWrite(setting.ttl().toMillis(), TimeUnit.MILLISECONDS)
              .keyConvertor(null)
              .<String, Item>loader(setting.loader()::apply)
              .cachePenetrateProtect(true)
              .buildCache();
    }

    @Override
    public Item get(String key) {
      return cache.get(key);
    }

    @Override
    public void invalidate(String key) {
      cache.remove(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.GET(key).getValue();
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  /** Spring's cache over Caffeine, as {@code @Cacheable(sync = true)} calls it. */
  private static final class Spring implements CacheInstance {
    private final CaffeineCache cache;
    private final CacheSetting setting;

    Spring(CacheSetting setting) {
      Cache<Object, Object> caffeine =
          Caffeine.newBuilder().maximumSize(setting.size()).expireAfterWrite(setting.ttl()).build();
      this.cache = new CaffeineCache("items", caffeine);
      this.setting = setting;
    }

    @Override
    public Item get(String key) {
      return Objects.requireNonNull(cache.get(key, () -> setting.loader().apply(key)));
    }

    @Override
    public void invalidate(String key) {
      cache.evict(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.get(key, Item.class);
    }
  }

  /** Redisson has a local memory only of what is in Redis. */
  private static final class RedissonMemory implements CacheInstance {
    private final RedisProcess redis = RedisProcess.start();
    private final CacheInstance cache;

    RedissonMemory(CacheSetting setting) {
      cache =
          SharedCaches.of(
              "redisson", CacheSetting.shared(redis.address(), setting.size(), setting.loader()));
    }

    @Override
    public Item get(String key) {
      return cache.get(key);
    }

    @Override
    public void invalidate(String key) {
      cache.invalidate(key);
    }

    @Override
    public @Nullable Item inMemory(String key) {
      return cache.inMemory(key);
    }

    @Override
    public void close() {
      try (redis) {
        cache.close();
      }
    }
  }
}
