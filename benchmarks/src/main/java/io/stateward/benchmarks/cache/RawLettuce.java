package io.stateward.benchmarks.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;

/** A plain GET and a plain SET, nothing in memory. */
final class RawLettuce implements CacheInstance {

  static final RedisCodec<String, byte[]> BYTES =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisCommands<String, byte[]> commands;
  private final CacheSetting setting;

  RawLettuce(CacheSetting setting, String address) {
    this.setting = setting;
    client = RedisClient.create(address);
    connection = client.connect(BYTES);
    commands = connection.sync();
  }

  @Override
  public Item get(String key) {
    byte[] found = commands.get(key);
    if (found != null) {
      return Item.CODEC.decode(found);
    }
    Item loaded = setting.loader().apply(key);
    commands.set(key, Item.CODEC.encode(loaded), SetArgs.Builder.ex(setting.ttl()));
    return loaded;
  }

  @Override
  public void invalidate(String key) {
    commands.del(key);
  }

  @Override
  public @Nullable Item inMemory(String key) {
    return null;
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
