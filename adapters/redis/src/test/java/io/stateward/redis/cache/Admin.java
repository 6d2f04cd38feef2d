package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KillArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.stateward.cache.spi.LayerSession;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.redis.internal.LettuceRedis;
import io.stateward.redis.internal.Line;
import java.util.Objects;

/** Somebody who does things to a server beside the application. */
final class Admin implements AutoCloseable {

  private final Redis redis;
  private final Line line;

  Admin(RedisServerFixture server) {
    redis = Redis.connect(server.address());
    line = now(LettuceRedis.of(redis).wire().line());
  }

  RedisClusterAsyncCommands<byte[], byte[]> commands() {
    return line.commands();
  }

  /** Runs a command by its words. */
  Object run(String... words) {
    byte[][] arguments = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].getBytes(UTF_8);
    }
    return now(
        line.commands()
            .eval(
                "return redis.call(unpack(ARGV))",
                ScriptOutputType.MULTI,
                new byte[0][],
                arguments));
  }

  /** Breaks the connection of a session, which makes another one. */
  void kill(LayerSession session) {
    long id = now(live(session).commands().clientId());
    now(line.commands().clientKill(KillArgs.Builder.id(id)));
  }

  static Line live(LayerSession session) {
    return Objects.requireNonNull(((RedisSession) session).asking().live()).connection();
  }

  @Override
  public void close() {
    redis.close();
  }
}
