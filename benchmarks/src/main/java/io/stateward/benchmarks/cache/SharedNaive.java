package io.stateward.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What many write by hand: memory, then GET, then the loader, SET and memory; after a write DEL,
 * and a message with the key to all memories.
 */
final class SharedNaive implements CacheInstance {

  private static final String CHANNEL = "items-changed";

  private final CacheSetting setting;
  private final Wire wire;
  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;
  private final StatefulRedisPubSubConnection<String, String> messages;
  private final RedisCommands<String, byte[]> commands;
  private final Cache<String, Item> memory;

  SharedNaive(CacheSetting setting, String address, Wire wire) {
    this.setting = setting;
    this.wire = wire;
    memory =
        Caffeine.newBuilder().maximumSize(setting.size()).expireAfterWrite(setting.ttl()).build();
    client = RedisClient.create(address);
    connection = client.connect(RawLettuce.BYTES);
    commands = connection.sync();
    messages = client.connectPubSub(StringCodec.UTF8);
    messages.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String key) {
            memory.invalidate(key);
          }
        });
    messages.sync().subscribe(CHANNEL);
  }

  @Override
  public Item get(String key) {
    Item hit = memory.getIfPresent(key);
    if (hit != null) {
      return hit;
    }
    byte[] found = commands.get(key);
    Item item = found == null ? setting.loader().apply(key) : Item.CODEC.decode(found);
    if (found == null) {
      commands.set(key, Item.CODEC.encode(item), SetArgs.Builder.ex(setting.ttl()));
    }
    memory.put(key, item);
    return item;
  }

  @Override
  public void invalidate(String key) {
    commands.del(key);
    memory.invalidate(key);
    if (!wire.loses()) {
      commands.publish(CHANNEL, key.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public @Nullable Item inMemory(String key) {
    return memory.getIfPresent(key);
  }

  @Override
  public void close() {
    messages.close();
    connection.close();
    client.shutdown();
  }
}
