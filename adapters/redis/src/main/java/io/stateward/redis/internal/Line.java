package io.stateward.redis.internal;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A connection for questions. */
public final class Line extends Connection {

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;
  private final Consumer<List<RedisCommand<byte[], byte[], ?>>> sending;

  /**
   * Creates a line.
   *
   * @param commands asks
   * @param sending sends questions in their order
   * @param closing closes what is below; called once
   */
  public Line(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      Consumer<List<RedisCommand<byte[], byte[], ?>>> sending,
      Supplier<? extends CompletionStage<?>> closing) {
    super(closing);
    this.commands = commands;
    this.sending = sending;
  }

  /** Asks. */
  public RedisClusterAsyncCommands<byte[], byte[]> commands() {
    return commands;
  }

  /** Asks several questions in their order; of one server with one write to its socket. */
  public void send(List<RedisCommand<byte[], byte[], ?>> questions) {
    sending.accept(questions);
  }

  /** Returns whether the present thread is one on which answers come. */
  public boolean isOwnThread() {
    return Thread.currentThread() instanceof io.netty.util.concurrent.FastThreadLocalThread;
  }
}
