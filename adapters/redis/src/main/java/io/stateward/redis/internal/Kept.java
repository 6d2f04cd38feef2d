package io.stateward.redis.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection open: when it has ended, another one is opened, which has another number.
 *
 * <pre>
 *   opening ──> preparing ──> live ──ended──> wait a little ──> opening
 *      └──────────┴─────failed─────────────────────^
 * </pre>
 *
 * <p>Thread safety: safe for any number of threads. One attempt is under way at a time: the next
 * begins when the one before has failed, or what came of it has ended.
 */
public final class Kept<C extends Connection> {

  private static final int FIRST_WAIT_MILLIS = 10;
  private static final int DOUBLINGS = 7; // to 1.28 s, of which half to all is waited

  /**
   * A connection that can be used.
   *
   * @param connection itself
   * @param number which one it is; from 1 on
   */
  public record Live<C extends Connection>(C connection, long number) {}

  private final Wire wire;
  private final Supplier<CompletionStage<C>> opening;
  private final Function<C, CompletionStage<?>> preparing;
  private final Consumer<Boolean> told;
  private final AtomicReference<@Nullable Live<C>> live = new AtomicReference<>();
  private final AtomicLong numbers = new AtomicLong();
  private volatile @Nullable Throwable problem;
  private volatile boolean closed;
  private final AtomicInteger failures = new AtomicInteger(); // in a row

  /**
   * Creates one that has no connection yet.
   *
   * @param wire for later
   * @param opening opens a connection
   * @param preparing makes it ready before it is used
   * @param told called with true when there is a connection, with false when it was lost
   */
  public Kept(
      Wire wire,
      Supplier<CompletionStage<C>> opening,
      Function<C, CompletionStage<?>> preparing,
      Consumer<Boolean> told) {
    this.wire = wire;
    this.opening = opening;
    this.preparing = preparing;
    this.told = told;
  }

  /** Prepares nothing. */
  public static CompletionStage<?> ready(Connection connection) {
    return CompletableFuture.completedStage(connection);
  }

  /** Opens the first connection. If that fails there is none, and no other attempt. */
  public CompletionStage<@Nullable Void> open() {
    CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
    attempt(
        failure -> {
          if (failure == null) {
            opened.complete(null);
          } else {
            opened.completeExceptionally(failure);
          }
        });
    return opened;
  }

  /** Opens connections until there is one. */
  public void keep() {
    attempt(
        failure -> {
          if (failure != null) {
            later();
          }
        });
  }

  /** Returns the present connection; null if there is none. */
  public @Nullable Live<C> live() {
    return live.get();
  }

  /** Returns what came of the latest attempt that failed; null if there was none. */
  public @Nullable Throwable problem() {
    return problem;
  }

  /** Returns whether there was a connection before. */
  public boolean hadOne() {
    return numbers.get() > 0;
  }

  /** Returns whether this is closed. */
  public boolean isClosed() {
    return closed;
  }

  private void attempt(Consumer<@Nullable Throwable> done) {
    opening
        .get()
        .thenCompose(this::prepare)
        .whenComplete(
            (connection, failure) -> {
              if (failure != null) {
                problem = Failures.cause(failure);
                done.accept(problem);
              } else {
                take(connection);
                done.accept(null);
              }
            });
  }

  private CompletionStage<C> prepare(C connection) {
    return preparing
        .apply(connection)
        .handle(
            (prepared, failure) -> {
              if (failure != null) {
                connection.end();
                throw Failures.unchecked(failure);
              }
              return connection;
            });
  }

  private void take(C connection) {
    Live<C> taken = new Live<>(connection, numbers.incrementAndGet());
    live.set(taken);
    failures.set(0);
    if (closed) {
      connection.end();
    } else {
      told.accept(true);
    }
    connection.onEnd(() -> lost(taken));
  }

  private void lost(Live<C> ended) {
    live.compareAndSet(ended, null);
    if (!closed) {
      told.accept(false);
      later();
    }
  }

  private void later() {
    int most = FIRST_WAIT_MILLIS << Math.min(failures.getAndIncrement(), DOUBLINGS);
    long millis = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    if (!closed) {
      wire.later(Duration.ofMillis(millis), this::keep);
    }
  }

  /** Says that this is about to be closed: there is no other connection after this. */
  public void closing() {
    closed = true;
  }

  /** Ends the connection; there is no other one. */
  public void close() {
    closed = true;
    Live<C> last = live.get();
    if (last != null) {
      last.connection.end();
    }
  }
}
