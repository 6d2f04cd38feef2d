package io.stateward.redis.internal;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to a cluster. A line is a connection to each node, and ends with the first of
 * them that is lost: each may be the one of a lease. The next line begins with asking the cluster
 * which nodes it has by now.
 *
 * <p>Each line is of a client of its own, which looks at the cluster only once: the connections by
 * which it looks are then not taken for those of the line. Where a slot has moved since, a question
 * is redirected, and a moment later the line ends, so that the next one asks the right node. That
 * one has lost no connection, so what is under way on it is still answered.
 */
final class ClusterClient extends Client {

  private static final Duration GATHERING = Duration.ofSeconds(1); // mostly more slots move

  private final Set<Looker> clients = ConcurrentHashMap.newKeySet();

  ClusterClient(Addresses addresses) {
    super(addresses);
  }

  /** A client that looks at the cluster once; what would make it look again is that it moved. */
  private static final class Looker extends RedisClusterClient {
    private final AtomicBoolean looked = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> moved = new CompletableFuture<>();

    Looker(ClientResources resources, Iterable<RedisURI> uris) {
      super(resources, uris);
    }

    @Override
    public CompletionStage<Void> refreshPartitionsAsync() {
      if (looked.compareAndSet(false, true)) {
        return super.refreshPartitionsAsync();
      }
      moved.complete(null);
      return CompletableFuture.allOf();
    }

    /** Runs something when a connection is lost that is not one of those by which this looked. */
    void onLost(Runnable work) {
      addListener(
          new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
              if (!(connection instanceof StatefulConnection<?, ?> it)
                  || it.getCodec() == ByteArrayCodec.INSTANCE) {
                work.run();
              }
            }
          });
    }
  }

  private Looker client() {
    Looker client = new Looker(resources, addresses.uris());
    ClusterTopologyRefreshOptions refreshing =
        ClusterTopologyRefreshOptions.builder()
            .disableAdaptiveRefreshTrigger( // a slot that is only about to move has not moved
                RefreshTrigger.ASK_REDIRECT, RefreshTrigger.PERSISTENT_RECONNECTS)
            .build();
    client.setOptions(
        options(ClusterClientOptions.builder().topologyRefreshOptions(refreshing)).build());
    clients.add(client);
    return client;
  }

  private CompletionStage<?> drop(Looker client) {
    return clients.remove(client)
        ? client.shutdownAsync()
        : CompletableFuture.completedStage(client);
  }

  private CompletionStage<?> retire(Looker client) {
    if (!client.moved.isDone()) {
      return drop(client);
    }
    later(addresses.timeout(), () -> dropIf(true, client));
    return client.moved;
  }

  @Override
  public CompletionStage<Line> line() {
    return opened(
        "opening a connection",
        () -> {
          Looker client = client();
          return client
              .refreshPartitionsAsync()
              .thenCompose(done -> client.connectAsync(ByteArrayCodec.INSTANCE))
              .thenCompose(connection -> reached(connection, line(client, connection)))
              .whenComplete((line, failure) -> dropIf(failure != null, client));
        });
  }

  private Line line(Looker client, StatefulRedisClusterConnection<byte[], byte[]> connection) {
    Line line =
        new Line(
            connection.async(),
            questions -> questions.forEach(connection::dispatch),
            false,
            () -> retire(client));
    client.onLost(line::end);
    CompletableFuture<Void> unused = client.moved.thenRun(() -> later(GATHERING, line::end));
    return line;
  }

  /** Connects to each node that has slots: a question does not wait for a connection. */
  private static CompletionStage<Line> reached(
      StatefulRedisClusterConnection<byte[], byte[]> connection, Line line) {
    return CompletableFuture.allOf(
            connection.getPartitions().stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots())
                .map(
                    node ->
                        connection.getConnectionAsync(
                            node.getUri().getHost(), node.getUri().getPort()))
                .toArray(CompletableFuture[]::new))
        .thenApply(all -> line);
  }

  @Override
  public CompletionStage<Ear> ear() {
    return opened(
        "listening",
        () -> {
          Looker client = client();
          return client
              .refreshPartitionsAsync()
              .thenCompose(done -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE))
              .thenApply(
                  connection -> {
                    Ear ear = new Ear(connection, () -> drop(client));
                    client.onLost(ear::end);
                    return ear;
                  })
              .whenComplete((ear, failure) -> dropIf(failure != null, client));
        });
  }

  private void dropIf(boolean failed, Looker client) {
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
