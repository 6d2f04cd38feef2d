package io.stateward.redis;

import static io.stateward.redis.RedisServerFixture.await;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A cluster of three masters, each of which has a third of the slots at first.
 *
 * <pre>{@code
 * try (RedisClusterFixture cluster = RedisClusterFixture.start()) {
 *   Redis redis = cluster.connect();
 *   cluster.move(cluster.slot("{a}"), 0, 1); // and begin, moveKeys, end one by one
 *   cluster.node(2).kill();
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class RedisClusterFixture implements AutoCloseable {

  private static final int NODES = 3;
  private static final int PATIENCE_MILLIS = 20_000;

  private final RedisClient client = RedisClient.create();
  private final List<RedisServerFixture> nodes;

  private RedisClusterFixture() {
    nodes =
        IntStream.range(0, NODES)
            .mapToObj(
                i ->
                    RedisServerFixture.start(
                        "--cluster-enabled", "yes", "--cluster-node-timeout", "3000"))
            .toList();
  }

  /**
   * Starts a cluster.
   *
   * @return it; it serves
   */
  public static RedisClusterFixture start() {
    RedisClusterFixture cluster = new RedisClusterFixture();
    for (int i = 0; i < NODES; i++) {
      int node = i;
      cluster.on(
          node,
          it -> {
            it.clusterSetConfigEpoch(node + 1);
            return it.clusterAddSlots(
                IntStream.range(0, SlotHash.SLOT_COUNT)
                    .filter(slot -> first(slot) == node)
                    .toArray());
          });
    }
    for (int i = 1; i < NODES; i++) {
      int port = cluster.node(i).port();
      cluster.on(0, it -> it.clusterMeet("127.0.0.1", port));
    }
    cluster.awaitOk();
    return cluster;
  }

  /**
   * Returns which node has a slot at first.
   *
   * @param slot its number
   * @return the index of the node
   */
  public static int first(int slot) {
    return slot * NODES / SlotHash.SLOT_COUNT;
  }

  /** Waits until all nodes know each other and serve. */
  public void awaitOk() {
    for (int i = 0; i < NODES; i++) {
      int node = i;
      await("node " + i + " of the cluster", () -> isOk(node));
    }
  }

  private boolean isOk(int node) {
    try {
      String info = on(node, RedisCommands::clusterInfo);
      return info.contains("cluster_state:ok")
          && info.contains("cluster_known_nodes:" + NODES)
          && info.contains("cluster_size:" + NODES);
    } catch (RedisException e) {
      return false; // it is only about to start
    }
  }

  /**
   * Asks a node.
   *
   * @param <T> the type of the answer
   * @param node its index
   * @param question asks
   * @return the answer
   */
  public <T> T on(int node, Function<RedisCommands<String, String>, T> question) {
    try (StatefulRedisConnection<String, String> connection =
        client.connect(io.lettuce.core.RedisURI.create(node(node).address()))) {
      return question.apply(connection.sync());
    }
  }

  /**
   * Returns a node.
   *
   * @param index 0 to 2
   * @return the node
   */
  public RedisServerFixture node(int index) {
    return nodes.get(index);
  }

  /**
   * Returns the nodes.
   *
   * @return all three
   */
  public List<RedisServerFixture> nodes() {
    return nodes;
  }

  /**
   * Makes a Redis of the cluster.
   *
   * @return it; whoever asks closes it
   */
  public Redis connect() {
    return Redis.cluster(nodes.stream().map(RedisServerFixture::address).toArray(String[]::new));
  }

  /**
   * Begins to move a slot: who asks for what is not there any more is told to ask the other node.
   *
   * @param slot its number
   * @param from the index of the node that has it
   * @param to the index of the one that gets it
   */
  public void begin(int slot, int from, int to) {
    String source = on(from, RedisCommands::clusterMyId);
    String target = on(to, RedisCommands::clusterMyId);
    on(to, it -> it.clusterSetSlotImporting(slot, source));
    on(from, it -> it.clusterSetSlotMigrating(slot, target));
  }

  /**
   * Moves keys of a slot.
   *
   * @param slot its number
   * @param from the index of the node that has them
   * @param to the index of the one that gets them
   * @param ends how their names end; all keys if it is empty
   */
  public void moveKeys(int slot, int from, int to, String ends) {
    List<String> keys =
        on(from, it -> it.clusterGetKeysInSlot(slot, Integer.MAX_VALUE)).stream()
            .filter(key -> key.endsWith(ends))
            .toList();
    if (!keys.isEmpty()) {
      MigrateArgs<String> which = MigrateArgs.Builder.keys(keys);
      on(from, it -> it.migrate("127.0.0.1", node(to).port(), 0, PATIENCE_MILLIS, which));
    }
  }

  /**
   * Ends the move of a slot: all nodes are told which one has it, until all of them say so; what a
   * node says of itself while it is told may be older.
   *
   * @param slot its number
   * @param to the index of the node that has it now
   */
  public void end(int slot, int to) {
    String target = on(to, RedisCommands::clusterMyId);
    tell(slot, to, target);
    await(
        "a slot whose owner all nodes know",
        () -> {
          boolean known = IntStream.range(0, NODES).allMatch(node -> owner(slot, node) == to);
          if (!known) {
            tell(slot, to, target);
          }
          return known;
        });
  }

  private int owner(int slot, int asked) {
    for (Object range : on(asked, RedisCommands::clusterSlots)) {
      List<?> parts = (List<?>) range;
      long port = (Long) ((List<?>) parts.get(2)).get(1);
      if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
        return IntStream.range(0, NODES)
            .filter(it -> node(it).port() == port)
            .findFirst()
            .orElse(-1);
      }
    }
    return -1;
  }

  private void tell(int slot, int to, String target) {
    on(to, it -> it.clusterSetSlotNode(slot, target));
    IntStream.range(0, NODES)
        .filter(node -> node != to)
        .forEach(node -> on(node, it -> it.clusterSetSlotNode(slot, target)));
  }

  /**
   * Moves a slot.
   *
   * @param slot its number
   * @param from the index of the node that has it
   * @param to the index of the one that gets it
   */
  public void move(int slot, int from, int to) {
    begin(slot, from, to);
    while (!on(from, it -> it.clusterGetKeysInSlot(slot, 1)).isEmpty()) {
      moveKeys(slot, from, to, ""); // those that were made while others were moved as well
    }
    end(slot, to);
  }

  /** Ends all nodes. */
  @Override
  public void close() {
    client.shutdown();
    nodes.forEach(RedisServerFixture::close);
  }
}
