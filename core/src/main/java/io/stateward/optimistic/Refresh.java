package io.stateward.optimistic;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A read whose answer counts only if no mutation was made or was under way meanwhile.
 *
 * <p>Thread safety: a read is idle or has one attempt; what comes of an earlier attempt is not
 * listened to. Whether an answer counts is decided under the lock of the log.
 */
final class Refresh<S, R> {

  /** One attempt: the mutations that had been made when it began, and its work. */
  private record Attempt(int number, long made) {}

  private final LoggedStore<S> store;
  private final Call<S, R> call;
  private final BiFunction<? super S, ? super R, ? extends S> patch;
  private final CompletableFuture<R> answer;
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicReference<@Nullable Attempt> current = new AtomicReference<>();
  private volatile @Nullable Task<R> task;

  Refresh(
      LoggedStore<S> store,
      Call<S, R> call,
      BiFunction<? super S, ? super R, ? extends S> patch,
      CompletableFuture<R> answer) {
    this.store = store;
    this.call = call;
    this.patch = patch;
    this.answer = answer;
  }

  /** Begins an attempt, unless one is under way or a mutation is. */
  void beginIfQuiet() {
    Attempt attempt = new Attempt(numbers.incrementAndGet(), store.made());
    OptimisticLog<S> log = store.log().get();
    if (!log.isEmpty() || answer.isDone() || !current.compareAndSet(null, attempt)) {
      return;
    }
    Task<R> started = call.start(log.base());
    task = started;
    if (current.get() != attempt) {
      started.cancel();
    }
    started.onEnd(outcome -> ended(attempt, outcome));
  }

  /** Gives the attempt up; another one begins when no mutation is under way. */
  void interrupt() {
    if (current.getAndSet(null) != null) {
      stop();
    }
    beginIfQuiet(); // whatever interrupted it may be settled by now
  }

  private void ended(Attempt attempt, Outcome<R> outcome) {
    if (!current.compareAndSet(attempt, null)) {
      return;
    }
    if (outcome instanceof Outcome.Done<R> done) {
      confirm(attempt, done.value());
    } else if (outcome instanceof Outcome.Failed<R> failed) {
      answer.completeExceptionally(failed.cause());
    } else {
      answer.cancel(false);
    }
  }

  private void confirm(Attempt attempt, R value) {
    UnaryOperator<S> taken = state -> patch.apply(state, value);
    try {
      AtomicReference<@Nullable Boolean> counted = new AtomicReference<>(); // decided once
      store.change(
          log -> {
            counted.compareAndSet(null, isCurrent(attempt, log));
            return counts(counted) ? LoggedStore.pushed(log, taken, Set.of()) : log;
          });
      if (counts(counted)) {
        answer.complete(value);
      } else {
        beginIfQuiet();
      }
    } catch (RuntimeException | Error e) { // the patch, or the store is closed
      answer.completeExceptionally(e);
    }
  }

  private static boolean counts(AtomicReference<@Nullable Boolean> decision) {
    return Boolean.TRUE.equals(decision.get());
  }

  private boolean isCurrent(Attempt attempt, OptimisticLog<S> log) {
    return log.isEmpty() && store.made() == attempt.made();
  }

  void cancel() {
    fail(new CancellationException("The read was cancelled."));
  }

  void fail(RuntimeException cause) {
    current.set(null);
    stop();
    answer.completeExceptionally(cause);
  }

  private void stop() {
    Task<R> running = task;
    if (running != null) {
      running.cancel();
    }
  }
}
