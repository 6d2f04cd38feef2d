package io.stateward.redis.internal;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens connections to a cluster. A line is a connection to each node, and ends with the first of
 * them that is lost: each may be the one of a lease. The next line begins with asking the cluster
 * which nodes it has by now.
 *
 * <p>Each line is of a client of its own, which looks at the cluster only once: the connections by
 * which it looks are then not taken for those of the line.
 */
final class ClusterClient extends Client {

  private final Set<RedisClusterClient> clients = ConcurrentHashMap.newKeySet();

  ClusterClient(Addresses addresses) {
    super(addresses);
  }

  private RedisClusterClient client() {
    RedisClusterClient client = RedisClusterClient.create(resources, addresses.uris());
    client.setOptions(options(ClusterClientOptions.builder()).build());
    clients.add(client);
    return client;
  }

  private CompletionStage<?> drop(RedisClusterClient client) {
    return clients.remove(client)
        ? client.shutdownAsync()
        : CompletableFuture.completedStage(client);
  }

  @Override
  public CompletionStage<Line> line() {
    return opened(
        "opening a connection",
        () -> {
          RedisClusterClient client = client();
          return client
              .refreshPartitionsAsync()
              .thenCompose(done -> client.connectAsync(ByteArrayCodec.INSTANCE))
              .thenApply(
                  connection -> {
                    Line line =
                        new Line(
                            connection.async(),
                            questions -> questions.forEach(connection::dispatch),
                            () -> drop(client));
                    client.addListener(new Ending(line::end));
                    return reached(connection).thenApply(all -> line);
                  })
              .thenCompose(line -> line)
              .whenComplete((line, failure) -> dropIf(failure != null, client));
        });
  }

  /** Connects to each node that has slots: a question does not wait for a connection. */
  private static CompletionStage<Void> reached(
      StatefulRedisClusterConnection<byte[], byte[]> connection) {
    return CompletableFuture.allOf(
        connection.getPartitions().stream()
            .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots())
            .map(
                node ->
                    connection.getConnectionAsync(node.getUri().getHost(), node.getUri().getPort()))
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<Ear> ear() {
    return opened(
        "listening",
        () -> {
          RedisClusterClient client = client();
          return client
              .refreshPartitionsAsync()
              .thenCompose(done -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE))
              .thenApply(
                  connection -> {
                    Ear ear = new Ear(connection, () -> drop(client));
                    client.addListener(new Ending(ear::end));
                    return ear;
                  })
              .whenComplete((ear, failure) -> dropIf(failure != null, client));
        });
  }

  private void dropIf(boolean failed, RedisClusterClient client) {
    CompletionStage<?> unused = failed ? drop(client) : null;
  }

  @Override
  CompletionStage<Void> shutdown() {
    return CompletableFuture.allOf(
        clients.stream()
            .map(client -> client.shutdownAsync().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }
}
