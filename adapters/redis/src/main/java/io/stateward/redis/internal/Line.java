package io.stateward.redis.internal;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A connection for questions. */
public final class Line extends Connection {

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;

  /**
   * Creates a line.
   *
   * @param commands asks
   * @param closing closes what is below; called once
   */
  public Line(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      Supplier<? extends CompletionStage<?>> closing) {
    super(closing);
    this.commands = commands;
  }

  /** Asks. */
  public RedisClusterAsyncCommands<byte[], byte[]> commands() {
    return commands;
  }

  /** Returns whether the present thread is one on which answers come. */
  public boolean isOwnThread() {
    return Thread.currentThread() instanceof io.netty.util.concurrent.FastThreadLocalThread;
  }
}
