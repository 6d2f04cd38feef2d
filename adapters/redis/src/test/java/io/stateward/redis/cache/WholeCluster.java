package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KillArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisClusterFixture;
import io.stateward.redis.RedisServerFixture;
import io.stateward.redis.internal.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A cluster. What happens to it happens to all of its nodes, but a connection breaks to one. */
record WholeCluster(RedisClusterFixture cluster) implements Place {

  @Override
  public Redis connect() {
    return cluster.connect();
  }

  private <T> List<T> each(java.util.function.Function<RedisCommands<String, String>, T> question) {
    return IntStream.range(0, cluster.nodes().size())
        .mapToObj(node -> cluster.on(node, question))
        .toList();
  }

  @Override
  public void flush() {
    each(RedisCommands::flushall);
  }

  @Override
  public Runnable copy() {
    each(RedisCommands::save);
    List<Path> dumps = cluster.nodes().stream().map(RedisServerFixture::dump).toList();
    return () -> {
      for (int node = 0; node < dumps.size(); node++) {
        cluster.node(node).restart(dumps.get(node));
      }
      cluster.awaitOk();
    };
  }

  @Override
  public void kill(Line line) {
    String name = "line-" + UUID.randomUUID();
    now(line.commands().clientSetname(name.getBytes(UTF_8))); // on all of its connections
    String clients = cluster.on(1, RedisCommands::clientList);
    String client = clients.lines().filter(it -> it.contains(name)).findFirst().orElseThrow();
    long id = Long.parseLong(client.substring("id=".length(), client.indexOf(' ')));
    cluster.on(1, it -> it.clientKill(KillArgs.Builder.id(id)));
  }
}
