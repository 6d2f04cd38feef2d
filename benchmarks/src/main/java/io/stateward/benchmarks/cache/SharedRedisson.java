package io.stateward.benchmarks.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.map.MapLoader;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.MapOptions;
import org.redisson.client.codec.BaseCodec;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;
import org.redisson.config.Config;

/**
 * Redisson's local cached map with a loader, {@code INVALIDATE}, and {@code CLEAR} when it has been
 * cut off; its plain map if nothing is to be in memory.
 */
final class SharedRedisson implements CacheInstance {

  private final RedissonClient client;
  private final RMap<String, Item> map;

  SharedRedisson(CacheSetting setting, String address) {
    Config config = new Config();
    config.useSingleServer().setAddress(address);
    client = Redisson.create(config);
    MapLoader<String, Item> loader =
        new MapLoader<>() {
          @Override
          public Item load(String key) {
            return setting.loader().apply(key);
          }

          @Override
          public Iterable<String> loadAllKeys() {
            return List.of();
          }
        };
    map = setting.size() == 0 ? plain(loader) : local(setting, loader);
  }

  private RMap<String, Item> plain(MapLoader<String, Item> loader) {
    return client.getMap(MapOptions.<String, Item>name("items").codec(new Items()).loader(loader));
  }

  private RMap<String, Item> local(CacheSetting setting, MapLoader<String, Item> loader) {
    return client.getLocalCachedMap(
        LocalCachedMapOptions.<String, Item>name("items")
            .codec(new Items())
            .cacheProvider(LocalCachedMapOptions.CacheProvider.CAFFEINE)
            .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LFU)
            .cacheSize(setting.size())
            .timeToLive(setting.ttl())
            .syncStrategy(LocalCachedMapOptions.SyncStrategy.INVALIDATE)
            .reconnectionStrategy(LocalCachedMapOptions.ReconnectionStrategy.CLEAR)
            .loader(loader));
  }

  /** The items as all encode them. */
  private static final class Items extends BaseCodec {

    @Override
    public Decoder<Object> getValueDecoder() {
      return (buffer, state) -> {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return Item.CODEC.decode(bytes);
      };
    }

    @Override
    public Encoder getValueEncoder() {
      return value -> wrapped(Item.CODEC.encode((Item) value));
    }

    @Override
    public Decoder<Object> getMapKeyDecoder() {
      return (buffer, state) -> buffer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public Encoder getMapKeyEncoder() {
      return key -> wrapped(((String) key).getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuf wrapped(byte[] bytes) {
      return Unpooled.wrappedBuffer(bytes);
    }
  }

  @Override
  public Item get(String key) {
    return Objects.requireNonNull(map.get(key), "what the loader gave");
  }

  @Override
  public void invalidate(String key) {
    map.fastRemove(key);
  }

  @Override
  public @Nullable Item inMemory(String key) {
    return map instanceof RLocalCachedMap<String, Item> local
        ? local.getCachedMap().get(key)
        : null;
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
