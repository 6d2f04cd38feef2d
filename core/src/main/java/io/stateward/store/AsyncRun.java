package io.stateward.store;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Underway;
import io.stateward.store.Lifecycle.Request;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of an async action. */
final class AsyncRun<A, T> implements Task<T> {

  /*
   * How it ends
   * -----------
   * The first outcome counts, be it of the work or of a cancellation. Then the targets are told, and
   * only then those who wait for the task, so that who has waited finds the result in the store. The
   * targets are told of the end by whoever comes second: the one who has told them of the beginning, or
   * the one who has decided the outcome. A target that was not told of the beginning
   * is not told of the end.
   */

  final Request<A> request;
  private final AsyncLane<A, T> lane;
  private final AtomicReference<@Nullable Outcome<T>> outcome = new AtomicReference<>();
  private final AtomicInteger turns = new AtomicInteger(); // 2: begun, and decided
  private final Stage stage = new Stage();
  private int told; // how many targets know that it began; written before the first turn is taken
  private volatile @Nullable Task<T> work;
  private volatile @Nullable Subscription following; // set once, by follow

  AsyncRun(AsyncLane<A, T> lane, Request<A> request) {
    this.lane = lane;
    this.request = request;
  }

  /** The stage of the task: cancelling it cancels the run. */
  private final class Stage extends CompletableFuture<T> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return AsyncRun.this.cancel() || isCancelled();
    }
  }

  /** Is cancelled with somebody else from now on. */
  void follow(Cancellation cancellation) {
    Subscription subscription = cancellation.onCancel(this::cancel);
    following = subscription;
    if (outcome.get() != null) {
      subscription.close();
    }
  }

  /** Begins, after which older runs are superseded if need be. */
  void begin(Call<A, T> call, List<AsyncRun<A, T>> superseded) {
    if (outcome.get() == null) {
      tellOfBeginning();
    }
    superseded.forEach(run -> run.decide(new Outcome.Cancelled<>(lane.superseded())));
    if (turns.incrementAndGet() == 2) {
      conclude();
    } else if (outcome.get() == null) {
      start(call);
    }
  }

  private void tellOfBeginning() {
    try {
      for (AsyncTarget<A, T> target : lane.targets) {
        target.started(request);
        told++;
      }
    } catch (Throwable t) { // a check of the store, or the function that makes the action
      decide(Outcome.ofFailure(t));
    }
  }

  private void start(Call<A, T> call) {
    try {
      Task<T> started = call.start(request.argument());
      work = started;
      if (outcome.get() != null) {
        started.cancel();
      }
      started.onEnd(this::decide);
    } catch (Throwable t) { // a call of the host's own
      decide(Outcome.ofFailure(t));
    }
  }

  private boolean decide(Outcome<T> result) {
    if (!outcome.compareAndSet(null, result)) {
      return false;
    }
    Task<T> started = work;
    if (started != null) {
      started.cancel();
    }
    if (lane.withdraw(this)) {
      leave();
    } else if (turns.incrementAndGet() == 2) {
      conclude();
    }
    return true;
  }

  /** Tells the targets of the end, later if this thread holds the lock of a store. */
  private void conclude() {
    if (Underway.holdsLock()) {
      lane.timekeeper.schedule(Duration.ZERO, this::conclude);
      return;
    }
    Outcome<T> result = Objects.requireNonNull(outcome.get());
    for (AsyncTarget<A, T> target : lane.targets.subList(0, told)) {
      try {
        target.ended(request, result);
      } catch (Throwable t) { // a check of the store, or the function that makes the action
        Probes.report(
            "Async action '%s'".formatted(request.id()),
            "Its end could not be written to the store; what it was is in the task.",
            t);
      }
    }
    leave();
  }

  private void leave() {
    Subscription parent = following;
    if (parent != null) {
      parent.close();
    }
    lane.release(this);
    Outcome<T> result = Objects.requireNonNull(outcome.get());
    if (result instanceof Outcome.Done<T> done) {
      stage.complete(done.value());
    } else if (result instanceof Outcome.Failed<T> failed) {
      stage.completeExceptionally(failed.cause());
    } else if (result instanceof Outcome.Cancelled<T> cancelled) {
      stage.completeExceptionally(cancelled.cause());
    }
    lane.advance();
  }

  @Override
  public CompletionStage<T> stage() {
    return stage;
  }

  @Override
  public boolean cancel() {
    return decide(
        new Outcome.Cancelled<>(
            new CancellationException(
                "Async action '%s' was cancelled; its result is dropped."
                    .formatted(request.id()))));
  }

  @Override
  public boolean isDone() {
    return stage.isDone();
  }

  @Override
  public Outcome<T> await() throws InterruptedException {
    try {
      return stage.handle((value, failure) -> Outcome.of(value, failure)).get();
    } catch (ExecutionException e) {
      throw new AssertionError("the handler does not throw", e);
    }
  }

  @Override
  public void onEnd(Consumer<? super Outcome<T>> action) {
    Objects.requireNonNull(action, "action");
    stage().whenComplete((value, failure) -> tellOf(action, Outcome.of(value, failure)));
  }

  private void tellOf(Consumer<? super Outcome<T>> action, Outcome<T> result) {
    try {
      action.accept(result);
    } catch (Throwable t) { // foreign code
      Probes.report(
          "Async action '%s'".formatted(request.id()),
          "Who was told of its end threw; it has ended all the same.",
          t);
    }
  }
}
