package io.stateward.examples.nodes;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Get, set, delete and messages of a Redis, as they are usually used. */
final class RedisPlain implements Plain {

  private static final String PREFIX = "two-nodes-naive:";
  private static final String CHANNEL = PREFIX + "messages";

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final StatefulRedisPubSubConnection<String, String> messages;

  /** Connects; a connection that is lost is made again by the client. */
  RedisPlain(String address) {
    RedisURI uri = RedisURI.create(address);
    uri.setTimeout(Duration.ofSeconds(1));
    client = RedisClient.create(uri);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled())
            .build());
    connection = client.connect();
    messages = client.connectPubSub();
    messages.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            listeners.forEach(listener -> listener.accept(message));
          }
        });
    messages.sync().subscribe(CHANNEL);
  }

  private <T extends @Nullable Object> T ask(Function<RedisCommands<String, String>, T> question) {
    try {
      return question.apply(connection.sync());
    } catch (RedisException e) {
      throw new IllegalStateException("Redis does not answer.", e);
    }
  }

  @Override
  public @Nullable String get(String key) {
    return this.<@Nullable String>ask(redis -> redis.get(PREFIX + key));
  }

  @Override
  public void set(String key, String value, Duration ttl) {
    ask(redis -> redis.set(PREFIX + key, value, SetArgs.Builder.px(ttl)));
  }

  @Override
  public void delete(String key) {
    ask(redis -> redis.del(PREFIX + key));
  }

  @Override
  public void publish(String message) {
    ask(redis -> redis.publish(CHANNEL, message));
  }

  @Override
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Empties the whole server, which has to be one of this program's own. */
  void flush() {
    ask(RedisCommands::flushall);
  }

  void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
