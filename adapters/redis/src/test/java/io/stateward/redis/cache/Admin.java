package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.stateward.cache.spi.LayerSession;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.redis.internal.LettuceRedis;
import io.stateward.redis.internal.Line;
import java.util.Objects;
import java.util.stream.Stream;

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

  /** Runs a command whose answer is OK. */
  void run(CommandType command, String... words) {
    CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    Stream.of(words).forEach(arguments::add);
    assertThat(
            now(
                line.commands()
                    .dispatch(command, new StatusOutput<>(ByteArrayCodec.INSTANCE), arguments)))
        .isEqualTo("OK");
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
