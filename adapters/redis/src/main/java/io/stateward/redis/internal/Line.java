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
  private final boolean whole;

  /**
   * Creates a line.
   *
   * @param commands asks
   * @param sending sends questions in their order
   * @param whole whether one server has it all, so that one question may be of any keys
   * @param closing closes what is below; called once
   */
  public Line(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      Consumer<List<RedisCommand<byte[], byte[], ?>>> sending,
      boolean whole,
      Supplier<? extends CompletionStage<?>> closing) {
    super(closing);
    this.commands = commands;
    this.sending = sending;
    this.whole = whole;
  }

  /** Asks. */
  public RedisClusterAsyncCommands<byte[], byte[]> commands() {
    return commands;
  }

  /** Asks several questions in their order; of one server with one write to its socket. */
  public void send(List<RedisCommand<byte[], byte[], ?>> questions) {
    sending.accept(questions);
  }

  /** Returns whether one server has it all, so that one question may be of any keys. */
  public boolean isWhole() {
    return whole;
  }

  /** Returns whether the present thread is one on which answers come. */
  public boolean isOwnThread() {
    return Thread.currentThread() instanceof io.netty.util.concurrent.FastThreadLocalThread;
  }
}
