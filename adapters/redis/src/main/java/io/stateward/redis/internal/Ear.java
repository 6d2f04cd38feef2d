package io.stateward.redis.internal;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A connection for messages. */
public final class Ear extends Connection {

  private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

  Ear(
      StatefulRedisPubSubConnection<byte[], byte[]> connection,
      Supplier<? extends CompletionStage<?>> closing) {
    super(closing);
    this.connection = connection;
  }

  /** Listens. */
  public StatefulRedisPubSubConnection<byte[], byte[]> connection() {
    return connection;
  }
}
