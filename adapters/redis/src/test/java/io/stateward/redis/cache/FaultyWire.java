package io.stateward.redis.cache;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.stateward.redis.internal.Ear;
import io.stateward.redis.internal.Line;
import io.stateward.redis.internal.Wire;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The wire of one session, which a test can hold, and whose answers it can lose. */
final class FaultyWire implements Wire {

  private final Wire wire;
  private final AtomicBoolean loses = new AtomicBoolean();
  private final AtomicReference<@Nullable Runnable> held = new AtomicReference<>();
  private volatile boolean holds;

  FaultyWire(Wire wire) {
    this.wire = wire;
  }

  /** Opens no line from now on. */
  void hold() {
    holds = true;
  }

  /** Whether the session waits to open another line. */
  boolean isHeld() {
    return held.get() != null;
  }

  /** Opens lines again. */
  void go() {
    holds = false;
    Runnable waiting = held.getAndSet(null);
    if (waiting != null) {
      waiting.run();
    }
  }

  /** Loses the answer to the next script. */
  void lose() {
    loses.set(true);
  }

  @Override
  public CompletionStage<Line> line() {
    return wire.line()
        .thenApply(
            line -> {
              Line faulty =
                  new Line(losing(line.commands()), line::send, line.isWhole(), () -> ended(line));
              line.onEnd(faulty::end);
              return faulty;
            });
  }

  private static CompletionStage<Line> ended(Line line) {
    line.end();
    return CompletableFuture.completedStage(line);
  }

  @SuppressWarnings("unchecked")
  private RedisClusterAsyncCommands<byte[], byte[]> losing(
      RedisClusterAsyncCommands<byte[], byte[]> commands) {
    return (RedisClusterAsyncCommands<byte[], byte[]>)
        Proxy.newProxyInstance(
            FaultyWire.class.getClassLoader(),
            new Class<?>[] {RedisClusterAsyncCommands.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(commands, arguments);
                if (method.getName().startsWith("eval") && loses.compareAndSet(true, false)) {
                  ((CompletionStage<?>) answer).toCompletableFuture().get(20, TimeUnit.SECONDS);
                  throw new RedisException("lost on purpose");
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public CompletionStage<Ear> ear() {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }

  @Override
  public void later(Duration delay, Runnable work) {
    if (holds) {
      held.set(work);
    } else {
      wire.later(delay, work);
    }
  }

  @Override
  public String where() {
    return wire.where();
  }
}
