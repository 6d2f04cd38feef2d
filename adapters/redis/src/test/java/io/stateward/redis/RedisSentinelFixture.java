package io.stateward.redis;

import static io.stateward.redis.RedisServerFixture.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A master, a replica, and a sentinel that fails over to the replica when the master is gone for a
 * second.
 *
 * <pre>{@code
 * try (RedisSentinelFixture servers = RedisSentinelFixture.start()) {
 *   Redis redis = Redis.connect(servers.address());
 *   servers.master().kill(); // or servers.failOver()
 *   servers.awaitOther();
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class RedisSentinelFixture implements AutoCloseable {

  private static final String NAME = "main";

  private final RedisClient client = RedisClient.create();
  private final RedisServerFixture first = RedisServerFixture.start();
  private final RedisServerFixture second =
      RedisServerFixture.start("--replicaof", "127.0.0.1", "" + first.port());
  private final int port = RedisServerFixture.freePort();
  private final Process sentinel;
  private int master = first.port();

  private RedisSentinelFixture() {
    await("the replica", () -> on(first, RedisCommands::info).contains("state=online"));
    try {
      Path file = second.folder().resolve("sentinel.conf");
      Files.write(
          file,
          List.of(
              "port " + port,
              "bind 127.0.0.1",
              "dir " + second.folder(),
              "logfile " + second.folder().resolve("sentinel.log"),
              "sentinel monitor " + NAME + " 127.0.0.1 " + master + " 1",
              "sentinel down-after-milliseconds " + NAME + " 1000",
              "sentinel failover-timeout " + NAME + " 4000"));
      sentinel =
          new ProcessBuilder(RedisServerFixture.embedded().toString(), file + "", "--sentinel")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("the sentinel", this::knowsTheReplica);
  }

  /**
   * Starts the three.
   *
   * @return them; the sentinel knows the replica
   */
  public static RedisSentinelFixture start() {
    return new RedisSentinelFixture();
  }

  private boolean knowsTheReplica() {
    return asks(
        it ->
            it.sync().replicas(NAME).stream()
                .anyMatch(replica -> "ok".equals(replica.get("master-link-status"))),
        false);
  }

  private <T> T asks(
      Function<StatefulRedisSentinelConnection<String, String>, T> question, T without) {
    try (StatefulRedisSentinelConnection<String, String> connection =
        client.connectSentinel(RedisURI.create("redis://127.0.0.1:" + port))) {
      return question.apply(connection);
    } catch (RedisException e) {
      return without; // it is only about to start
    }
  }

  /**
   * Asks a server.
   *
   * @param <T> the type of the answer
   * @param server which one
   * @param question asks
   * @return the answer
   */
  public <T> T on(RedisServerFixture server, Function<RedisCommands<String, String>, T> question) {
    try (StatefulRedisConnection<String, String> connection =
        client.connect(RedisURI.create(server.address()))) {
      return question.apply(connection.sync());
    }
  }

  /**
   * Returns the address of what the sentinel watches.
   *
   * @return as an application has it
   */
  public String address() {
    return "redis-sentinel://127.0.0.1:" + port + "/0#" + NAME;
  }

  /**
   * Returns the server that was the master at the start, or when {@link #awaitOther} returned last.
   *
   * @return the server
   */
  public RedisServerFixture master() {
    return master == first.port() ? first : second;
  }

  /**
   * Returns the server that is not the {@link #master}.
   *
   * @return the server
   */
  public RedisServerFixture replica() {
    return master == first.port() ? second : first;
  }

  /** Makes the sentinel fail over, though the master is well. */
  public void failOver() {
    await("a failover that begins", () -> asks(it -> it.sync().failover(NAME), "no").equals("OK"));
  }

  /** Waits until the sentinel tells of the other server as the master, which knows that it is. */
  public void awaitOther() {
    int other = replica().port();
    await("another master", () -> told() == other && isMaster());
    master = other;
  }

  private boolean isMaster() {
    return on(replica(), RedisCommands::info).contains("role:master");
  }

  private int told() {
    SocketAddress address =
        asks(it -> it.sync().getMasterAddrByName(NAME), new InetSocketAddress(0));
    return ((InetSocketAddress) address).getPort();
  }

  /** Ends all three. */
  @Override
  public void close() {
    client.shutdown();
    sentinel.destroyForcibly();
    first.close();
    second.close();
  }
}
