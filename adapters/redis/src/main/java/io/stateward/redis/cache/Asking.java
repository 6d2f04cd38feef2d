package io.stateward.redis.cache;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisReadOnlyException;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.redis.internal.Failures;
import io.stateward.redis.internal.Kept;
import io.stateward.redis.internal.Kept.Live;
import io.stateward.redis.internal.Line;
import io.stateward.redis.internal.Wire;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the present line of a session, and says what came of it as a session does.
 *
 * <p>A question that finds a bucket without a head is asked again when the bucket has one: nothing
 * was done. No question is asked again on another line.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Asking {

  private static final int AGAIN = 3;
  private static final int CLOSING_MILLIS = 1_000;

  private final Steps steps;
  private final Writer writer;
  private final Kept<Line> lines;
  private final AtomicReference<@Nullable CompletableFuture<@Nullable Object>> settling =
      new AtomicReference<>();
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();

  Asking(Wire wire, Steps steps, Writer writer) {
    this.steps = steps;
    this.writer = writer;
    this.lines = new Kept<>(wire, wire::line, this::prepare, this::tell);
  }

  /** Opens the first line; fails with what keeps the layer from answering. */
  CompletionStage<@Nullable Void> open() {
    CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
    lines
        .open()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                opened.complete(null);
              } else {
                opened.completeExceptionally(said("open", Failures.cause(failure)));
              }
            });
    return opened;
  }

  /** The present line, for tests. */
  @Nullable Live<Line> live() {
    return lines.live();
  }

  /**
   * Looks at the history of the server in each bucket before anything is read there. A later line
   * is taken though others use the cache with another form by now: who asks on it is told so.
   */
  private CompletionStage<?> prepare(Line line) {
    return steps
        .settleAll(line)
        .handle(
            (done, failure) -> {
              boolean refused =
                  failure != null && Failures.cause(failure) instanceof UnequalFormException;
              if (failure != null && !(refused && lines.hadOne())) {
                throw Failures.unchecked(failure);
              }
              return line;
            })
        .thenCompose(writer::releaseAll); // of the line before, so that nobody waits for them
  }

  <T> CompletionStage<T> ask(String attempted, Function<Live<Line>, CompletionStage<T>> question) {
    if (lines.isClosed()) {
      throw new ClosedException(
          "The session of cache '%s'".formatted(steps.keys.cache), attempted, "Open another one.");
    }
    Live<Line> live = lines.live();
    if (live == null) {
      return CompletableFuture.failedStage(
          new LayerUnavailableException(steps.keys.cache, attempted, lines.problem()));
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    ask(attempted, question, live, AGAIN, answer);
    return answer;
  }

  private <T> void ask(
      String attempted,
      Function<Live<Line>, CompletionStage<T>> question,
      Live<Line> live,
      int again,
      CompletableFuture<T> answer) {
    CompletionStage<T> asked;
    try {
      asked = question.apply(live);
    } catch (RuntimeException e) { // the line has just ended
      asked = CompletableFuture.failedStage(e);
    }
    asked.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else if (again > 0 && Failures.cause(failure) instanceof UnsettledException) {
            settle(
                live, answer, attempted, () -> ask(attempted, question, live, again - 1, answer));
          } else {
            answer.completeExceptionally(ended(live, attempted, failure));
          }
        });
  }

  private void settle(
      Live<Line> live, CompletableFuture<?> answer, String attempted, Runnable then) {
    settled(live.connection())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                then.run();
              } else {
                answer.completeExceptionally(ended(live, attempted, failure));
              }
            });
  }

  /**
   * Settles all buckets: what happened to one has happened to the server, mostly. Those who find
   * out at the same time share one attempt; if it began too early for one of them it asks again.
   */
  private CompletionStage<?> settled(Line line) {
    CompletableFuture<@Nullable Object> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable Object> other = settling.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    CompletionStage<?> settled;
    try {
      settled = steps.settleAll(line);
    } catch (RuntimeException e) { // the line has just ended
      settled = CompletableFuture.failedStage(e);
    }
    settled.whenComplete(
        (done, failure) -> {
          settling.set(null);
          if (failure == null) {
            mine.complete(null);
          } else {
            mine.completeExceptionally(Failures.cause(failure));
          }
        });
    return mine;
  }

  private RuntimeException ended(Live<Line> live, String attempted, Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof RedisCommandTimeoutException || cause instanceof RedisReadOnlyException) {
      live.connection().end(); // it hangs, or is a replica by now: another one may be better
    }
    return said(attempted, cause);
  }

  private RuntimeException said(String attempted, Throwable cause) {
    return cause instanceof UnequalFormException || cause instanceof LayerUnavailableException
        ? (RuntimeException) cause
        : new LayerUnavailableException(steps.keys.cache, attempted, cause);
  }

  Subscription listen(Consumer<Boolean> listener) {
    Listening listening = new Listening(listener);
    listeners.add(listening);
    return () -> {
      listening.ended = true;
      listeners.remove(listening);
    };
  }

  private void tell(boolean up) {
    for (Listening listening : listeners) {
      listening.tell(steps.keys.cache, up);
    }
  }

  /** Gives the leases back, waits a moment for that, and ends the line. */
  void close() {
    if (lines.isClosed()) {
      return;
    }
    listeners.forEach(listening -> listening.ended = true);
    listeners.clear();
    Live<Line> live = lines.live();
    lines.closing();
    if (live != null) {
      await(live);
    }
    lines.close();
  }

  private void await(Live<Line> live) {
    try {
      CompletableFuture<Void> released = writer.releaseAll(live.connection());
      if (!live.connection().isOwnThread()) { // which would wait for itself
        released.get(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      // The leases end with their time.
    }
  }

  /** A class and not a record: the same listener may listen twice. */
  private static final class Listening {
    private final Consumer<Boolean> listener;
    private volatile boolean ended;

    Listening(Consumer<Boolean> listener) {
      this.listener = listener;
    }

    void tell(String cache, boolean up) {
      if (ended) {
        return;
      }
      try {
        listener.accept(up);
      } catch (Throwable t) { // of whoever listens
        Probe.report(
            "Cache '%s'".formatted(cache), "A listener threw when told of the connection.", t);
      }
    }
  }
}
