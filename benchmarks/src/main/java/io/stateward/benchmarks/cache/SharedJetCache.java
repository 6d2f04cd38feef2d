package io.stateward.benchmarks.cache;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.CacheManager;
import com.alicp.jetcache.CacheResult;
import com.alicp.jetcache.CacheUtil;
import com.alicp.jetcache.CacheValueHolder;
import com.alicp.jetcache.MultiLevelCache;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.JetCacheCodec;
import com.alicp.jetcache.redis.lettuce.LettuceBroadcastManager;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder.RedisLettuceCacheBuilderImpl;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheConfig;
import com.alicp.jetcache.support.BroadcastManager;
import com.alicp.jetcache.support.CacheMessage;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.lettuce.core.RedisClient;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JetCache with a local and a remote cache, a broadcast channel, {@code syncLocal} and {@code
 * penetrationProtect}; with a remote one alone if nothing is to be in memory.
 */
final class SharedJetCache implements CacheInstance {

  private static final String AREA = "default";

  private final RedisClient client;
  private final SimpleCacheManager manager = new SimpleCacheManager();
  private final Cache<String, Item> cache;
  private final @Nullable Cache<String, Item> local;

  SharedJetCache(CacheSetting setting, String address, Wire wire) {
    client = RedisClient.create(address);
    CacheBuilder memory =
        CaffeineCacheBuilder.createCaffeineCacheBuilder()
            .keyConvertor(Fastjson2KeyConvertor.INSTANCE);
    CacheBuilderTemplate template =
        new CacheBuilderTemplate(false, Map.of(AREA, memory), Map.of(AREA, remote(wire)));
    Broadcasting messages = broadcasting(wire);
    template.getCacheMonitorInstallers().add(new NotifyMonitorInstaller(area -> messages));
    manager.setCacheBuilderTemplate(template);
    boolean both = setting.size() > 0;
    cache =
        manager.getOrCreateCache(
            QuickConfig.newBuilder("items:")
                .cacheType(both ? CacheType.BOTH : CacheType.REMOTE)
                .syncLocal(both)
                .expire(setting.ttl())
                .localLimit(Math.max(1, setting.size()))
                .penetrationProtect(true)
                .<String, Item>loader(setting.loader()::apply)
                .build());
    local = both ? localOf(cache) : null;
  }

  @SuppressWarnings("unchecked") // it is as it was configured
  private static Cache<String, Item> localOf(Cache<String, Item> cache) {
    return ((MultiLevelCache<String, Item>) CacheUtil.getAbstractCache(cache)).caches()[0];
  }

  private CacheBuilder remote(Wire wire) {
    return new Broadcasting(wire)
        .redisClient(client)
        .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
        .valueEncoder(SharedJetCache::encode)
        .valueDecoder(SharedJetCache::decode);
  }

  /** Messages have an encoding of their own. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // as its codec of keys is declared
  private Broadcasting broadcasting(Wire wire) {
    Broadcasting messages = new Broadcasting(wire);
    messages.setRedisClient(client);
    messages.setPubSubConnection(client.connectPubSub(new JetCacheCodec()));
    messages.setBroadcastChannel("items-changed");
    messages.setKeyConvertor(Fastjson2KeyConvertor.INSTANCE);
    messages.setValueEncoder(JavaValueEncoder.INSTANCE);
    messages.setValueDecoder(JavaValueDecoder.INSTANCE);
    return messages;
  }

  /** Makes a manager of messages that loses some. */
  private static final class Broadcasting extends RedisLettuceCacheBuilderImpl {
    private final Wire wire;

    Broadcasting(Wire wire) {
      this.wire = wire;
    }

    @Override
    @SuppressWarnings("unchecked") // of this builder
    public BroadcastManager createBroadcastManager(CacheManager cacheManager) {
      RedisLettuceCacheConfig<Object, Object> config =
          (RedisLettuceCacheConfig<Object, Object>) getConfig().clone();
      return new LettuceBroadcastManager(cacheManager, config) {
        @Override
        public CacheResult publish(CacheMessage message) {
          return wire.loses() ? CacheResult.SUCCESS_WITHOUT_MSG : super.publish(message);
        }
      };
    }
  }

  /** Its holder of a value, around the item as all encode it. */
  private static byte[] encode(Object holder) {
    CacheValueHolder<?> it = (CacheValueHolder<?>) holder;
    byte[] item = Item.CODEC.encode((Item) it.getValue());
    return ByteBuffer.allocate(2 * Long.BYTES + item.length)
        .putLong(it.getExpireTime())
        .putLong(it.getAccessTime())
        .put(item)
        .array();
  }

  private static Object decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    CacheValueHolder<Item> holder = new CacheValueHolder<>();
    holder.setExpireTime(buffer.getLong());
    holder.setAccessTime(buffer.getLong());
    byte[] item = new byte[buffer.remaining()];
    buffer.get(item);
    holder.setValue(Item.CODEC.decode(item));
    return holder;
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
    Cache<String, Item> memory = local;
    return memory == null ? null : memory.GET(key).getValue();
  }

  @Override
  public void close() {
    manager.close();
    client.shutdown();
  }
}
