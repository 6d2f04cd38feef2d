package io.stateward.redis.internal;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.stateward.signal.ClosedException;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What clients of Lettuce have in common: threads, options, and an end. */
abstract class Client implements Wire {

  final Addresses addresses;
  final ClientResources resources = DefaultClientResources.create();
  private volatile boolean closed;

  Client(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * Applies what correctness wants. A connection that came back by itself could be one to another
   * server, or to the same one after it was restored from an old dump, and what was asked before
   * could be done there a second time. So none comes back, and nothing waits for it.
   */
  final <T extends ClientOptions.Builder> T options(T builder) {
    builder
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(command -> true)
        .timeoutOptions(TimeoutOptions.enabled(addresses.timeout()))
        .socketOptions(
            SocketOptions.builder().connectTimeout(addresses.timeout()).keepAlive(true).build());
    return builder;
  }

  final <T> CompletionStage<T> opened(String what, Supplier<CompletionStage<T>> opening) {
    if (closed) {
      return CompletableFuture.failedStage(
          new ClosedException("The Redis at " + where(), what, "Make another one."));
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      opening
          .get()
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(Problems.of(where(), Failures.cause(failure)));
                }
              });
    } catch (RuntimeException e) { // of a client that is being closed
      result.completeExceptionally(Problems.of(where(), e));
    }
    return result;
  }

  @Override
  public final void later(Duration delay, Runnable work) {
    if (!closed) {
      Timekeeper.system().schedule(delay, () -> run(work));
    }
  }

  /**
   * Runs something on a thread of the client: it may build one, which the timer must not wait for.
   */
  private void run(Runnable work) {
    try {
      if (!closed) {
        resources.eventExecutorGroup().execute(work);
      }
    } catch (RejectedExecutionException e) {
      // It was closed in between, and then there is nothing more to do.
    }
  }

  @Override
  public final String where() {
    return addresses.toString();
  }

  /** Ends the connections, and then the threads, for which nobody waits. */
  final void close() {
    if (!closed) {
      closed = true;
      shutdown()
          .whenComplete(
              (done, failure) -> {
                Object unused = resources.shutdown(0, 1, TimeUnit.SECONDS); // nobody waits
              });
    }
  }

  abstract CompletionStage<Void> shutdown();

  /** Tells when a connection is lost. */
  record Ending(Runnable onEnd) implements RedisConnectionStateListener {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      onEnd.run();
    }
  }
}
