package io.stateward.store;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One run of a listener: waiting is a call that is cancelled with the run. */
final class ListenerRun<S, A> implements Listening<S, A> {

  private final Listeners<S, A> listeners;
  private final ListenerEntry<S, A, ?> entry;
  private volatile Cancellation cancellation = Cancellation.none(); // until it begins
  private volatile @Nullable Task<?> task; // once it was started
  private final Set<Task<?>> forks = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;
  private volatile boolean over;

  ListenerRun(Listeners<S, A> listeners, ListenerEntry<S, A, ?> entry) {
    this.listeners = listeners;
    this.entry = entry;
  }

  ListenerRun<S, A> under(Cancellation given) {
    cancellation = given;
    return this;
  }

  void is(Task<?> started) {
    task = started;
    if (cancelled) {
      started.cancel();
    }
  }

  void cancel() {
    cancelled = true;
    Task<?> started = task;
    if (started != null) {
      started.cancel();
    }
  }

  @Override
  public ReducingStore<S, A> store() {
    return listeners.store;
  }

  @Override
  public <B extends A> @Nullable B take(Class<B> type, Duration limit) throws InterruptedException {
    Outcome<B> outcome = wait(this.<B>taking().timeout(limit, listeners.timekeeper), type);
    return isTimeout(outcome) ? null : outcome.orThrow();
  }

  @Override
  public <B extends A> B take(Class<B> type) throws InterruptedException {
    return wait(this.<B>taking(), type).orThrow();
  }

  private <B extends A> Call<Class<B>, B> taking() {
    return Call.stage(
        type -> {
          Waiter<A, B> waiter = listeners.await(Objects.requireNonNull(type, "type"));
          CompletableFuture<B> unused =
              waiter.whenComplete((action, failure) -> listeners.forget(waiter));
          return waiter;
        });
  }

  @Override
  public boolean condition(Predicate<? super S> condition, Duration limit)
      throws InterruptedException {
    Objects.requireNonNull(condition, "condition");
    Outcome<S> outcome = wait(Call.until(store()).timeout(limit, listeners.timekeeper), condition);
    if (isTimeout(outcome)) {
      return false;
    }
    Object met = outcome.orThrow();
    return met != null;
  }

  private static boolean isTimeout(Outcome<?> outcome) {
    return outcome instanceof Outcome.Failed<?> failed
        && failed.cause() instanceof TimeoutException;
  }

  @Override
  public void delay(Duration duration) throws InterruptedException {
    Call<Timekeeper, Boolean> call = Call.stage(timekeeper -> timer(timekeeper, duration));
    boolean unused = wait(call, listeners.timekeeper).orThrow();
  }

  private static CompletionStage<Boolean> timer(Timekeeper timekeeper, Duration duration) {
    CompletableFuture<Boolean> due = new CompletableFuture<>();
    if (duration.isNegative() || duration.isZero()) {
      due.complete(true);
      return due;
    }
    Timer timer = timekeeper.schedule(duration, () -> due.complete(true));
    CompletableFuture<Boolean> unused = due.whenComplete((done, failure) -> timer.cancel());
    return due;
  }

  @Override
  public <R> R await(CompletionStage<R> stage) throws InterruptedException {
    Objects.requireNonNull(stage, "stage");
    // a copy, since cancelling this run is not to cancel what others may wait for
    Call<String, R> call = Call.stage(nothing -> stage.thenApply(value -> value));
    return wait(call, "").orThrow();
  }

  /** Waits for a call, which is cancelled with this run; either way it ends by an interrupt. */
  private <X, R> Outcome<R> wait(Call<X, R> call, X argument) throws InterruptedException {
    Task<R> waiting = call.start(argument, cancellation);
    try {
      Outcome<R> outcome = waiting.await();
      if (outcome instanceof Outcome.Cancelled && cancellation.isCancelled()) {
        throw new InterruptedException("The run of the listener was cancelled.");
      }
      return outcome;
    } catch (InterruptedException e) {
      waiting.cancel(); // whoever interrupted: nobody waits any longer
      throw e;
    }
  }

  @Override
  public <R> Task<R> fork(Callable<R> work) {
    Objects.requireNonNull(work, "work");
    Call<String, R> call = Call.blocking(listeners.executor, nothing -> work.call());
    Task<R> forked = call.start("", cancellation);
    forks.add(forked);
    forked.onEnd(outcome -> forks.remove(forked));
    if (over) {
      forked.cancel();
    }
    return forked;
  }

  /** Cancels what was forked, since this run is over. */
  void end() {
    over = true;
    forks.forEach(Task::cancel);
  }

  @Override
  public void cancelOthers() {
    entry.cancelOthers(this);
  }

  @Override
  public void stopListening() {
    entry.stop();
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }
}
