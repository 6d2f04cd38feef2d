package io.stateward.redis.internal;

import io.stateward.redis.Redis;
import io.stateward.redis.RedisUnavailableException;
import io.stateward.signal.ClosedException;
import java.util.concurrent.CompletionException;

/** A Redis with its namespace. */
public final class LettuceRedis implements Redis {

  private final Client client;
  private final String namespace;

  private LettuceRedis(Client client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Returns the Redis at addresses. */
  public static LettuceRedis of(Addresses addresses) {
    Client client = addresses.cluster() ? new ClusterClient(addresses) : new OneClient(addresses);
    return new LettuceRedis(client, "stateward");
  }

  /** Returns what is behind the interface. */
  public static LettuceRedis of(Redis redis) {
    if (redis instanceof LettuceRedis it) {
      return it;
    }
    throw new IllegalArgumentException(
        "A Redis is made by Redis.connect or Redis.cluster, and this one is of %s."
            .formatted(redis.getClass()));
  }

  /** Opens connections. */
  public Wire wire() {
    return client;
  }

  /** Returns in which namespace the names are. */
  public String namespace() {
    return namespace;
  }

  @Override
  public Redis namespace(String other) {
    if (other.isBlank()) {
      throw new IllegalArgumentException("A namespace has a name that is not blank.");
    }
    return new LettuceRedis(client, other);
  }

  @Override
  public Redis check() {
    try {
      client.line().toCompletableFuture().join().end();
      return this;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RedisUnavailableException
          || e.getCause() instanceof ClosedException) {
        throw (RuntimeException) e.getCause();
      }
      throw Problems.of(client.where(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "Redis at %s, namespace '%s'".formatted(client.where(), namespace);
  }
}
