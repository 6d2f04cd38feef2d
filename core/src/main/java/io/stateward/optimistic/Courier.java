package io.stateward.optimistic;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Retry;
import io.stateward.flow.Task;
import io.stateward.store.WriteResult;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a mutation to the server: by the call of its plan, tried again as the plan says, and within
 * its time.
 *
 * <p>Thread safety: one sending at a time; a sending that is over may still be stopping.
 */
final class Courier<S, T> {

  private final LoggedStore<S> store;
  private final LogEntry<S> entry;
  private final MutationId id;
  private final MutationPlan<S, T> plan;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable T base; // what the latest attempt was made on
  private volatile @Nullable Task<WriteResult<T>> task;
  private volatile @Nullable Timer timer;

  Courier(LoggedStore<S> store, LogEntry<S> entry, MutationPlan<S, T> plan) {
    this.store = store;
    this.entry = entry;
    this.id = entry.id();
    this.plan = plan;
  }

  /**
   * Begins a sending.
   *
   * @param current whether this sending is still wanted
   * @param answered called with what comes of it
   * @param expired called when its time is over
   */
  void send(
      BooleanSupplier current,
      Consumer<? super Outcome<WriteResult<T>>> answered,
      Runnable expired) {
    startTimer(current, expired);
    Call<Sending<T>, WriteResult<T>> call = plan.call();
    if (call == null) {
      OptimisticLog<S> now = store.log().get();
      base = plan.part(now.ids()).in(now.base());
    } else {
      Task<WriteResult<T>> started = attempts(call).start(this);
      task = started;
      if (!current.getAsBoolean()) {
        started.cancel();
      }
      started.onEnd(answered);
    }
  }

  private void startTimer(BooleanSupplier current, Runnable expired) {
    Duration limit = plan.timeout();
    if (limit != null) {
      Timer started = store.timekeeper().schedule(limit, expired);
      timer = started;
      if (!current.getAsBoolean()) {
        started.cancel();
      }
    }
  }

  private Call<Courier<S, T>, WriteResult<T>> attempts(Call<Sending<T>, WriteResult<T>> call) {
    Call<Courier<S, T>, WriteResult<T>> once =
        Call.stageWith(
            (courier, cancellation) ->
                call.start(courier.sending(), cancellation).stage().thenApply(Courier::notFailed));
    Retry retry = plan.retry();
    return retry == null ? once : once.retrying(retry.timekeeper(store.timekeeper()));
  }

  private static <T> WriteResult<T> notFailed(WriteResult<T> result) {
    if (result instanceof WriteResult.Failed<T> failed) {
      throw new CompletionException(failed.cause());
    }
    if (result == null) {
      throw new NullPointerException(
          "The call returned null in the place of a WriteResult, so nobody knows what the server did.");
    }
    return result;
  }

  private Sending<T> sending() {
    int attempt = attempts.incrementAndGet();
    if (attempt > 1) {
      store.change(log -> log.isOpen(id) ? log.marked(id, MutationStatus.RETRYING) : log);
    }
    OptimisticLog<S> now = store.log().get();
    int index = now.indexOf(id);
    if (index < 0) {
      throw new CancellationException("Mutation %s is settled, so it is not sent.".formatted(id));
    }
    About<S, T> about = plan.part(now.ids());
    T ancestor = ancestor(now.entries().get(index).command(), about.in(now.base()));
    base = ancestor;
    return new Sending<>(
        id, entry.command().name(), attempt, ancestor, about.in(now.image(index)), now.ids());
  }

  @SuppressWarnings("unchecked") // the outcome of a conflict is of the type that the plan is about
  private static <S, T> @Nullable T ancestor(Command<S> command, @Nullable T confirmed) {
    return command instanceof MergedCommand<S, ?> merged
        ? ((MergedCommand<S, T>) merged).ancestorOn(confirmed)
        : confirmed;
  }

  /** Stops the call and the time of this sending. */
  void stop() {
    Timer running = timer;
    if (running != null) {
      running.cancel();
    }
    Task<WriteResult<T>> started = task;
    if (started != null) {
      started.cancel();
    }
  }

  /** Whether any attempt was made. */
  boolean hasSent() {
    return attempts.get() > 0;
  }

  /** Returns what was confirmed when the latest attempt was made. */
  @Nullable T base() {
    return base;
  }
}
