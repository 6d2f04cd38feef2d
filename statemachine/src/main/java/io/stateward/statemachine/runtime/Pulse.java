package io.stateward.statemachine.runtime;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.statemachine.Invocation;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call that fails if its work is silent for too long. */
record Pulse(Call<Invocation, @Nullable Object> call, Duration limit, Attempts attempts)
    implements Call<Invocation, @Nullable Object> {

  @Override
  public Task<@Nullable Object> start(Invocation argument, Cancellation cancellation) {
    return Call.<Invocation, @Nullable Object>stageWith(this::watched)
        .start(argument, cancellation);
  }

  private CompletionStage<@Nullable Object> watched(
      Invocation argument, Cancellation cancellation) {
    CompletableFuture<@Nullable Object> ended = new CompletableFuture<>();
    attempts.beat();
    Task<@Nullable Object> task = call.start(argument, cancellation);
    task.onEnd(outcome -> end(ended, outcome));
    AtomicReference<@Nullable Timer> timer = new AtomicReference<>();
    CompletionStage<@Nullable Object> stage = ended;
    stage.whenComplete((value, failure) -> cancel(timer.get()));
    watch(ended, task, timer, limit);
    return stage;
  }

  private static void end(
      CompletableFuture<@Nullable Object> ended, Outcome<@Nullable Object> outcome) {
    if (outcome instanceof Outcome.Done<@Nullable Object> done) {
      ended.complete(done.value());
    } else if (outcome instanceof Outcome.Failed<@Nullable Object> failed) {
      ended.completeExceptionally(failed.cause());
    } else {
      ended.cancel(false);
    }
  }

  private void watch(
      CompletableFuture<?> ended,
      Task<?> task,
      AtomicReference<@Nullable Timer> timer,
      Duration wait) {
    timer.set(attempts.timekeeper().schedule(wait, () -> look(ended, task, timer)));
    if (ended.isDone()) {
      cancel(timer.get()); // it may have ended before the timer was there
    }
  }

  private static void cancel(@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void look(
      CompletableFuture<?> ended, Task<?> task, AtomicReference<@Nullable Timer> timer) {
    Duration left = limit.minusNanos(attempts.silentNanos());
    if (!left.isNegative() && !left.isZero()) {
      watch(ended, task, timer, left);
      return;
    }
    boolean silent =
        ended.completeExceptionally(
            new TimeoutException(
                "The work gave no sign of life for %s, so it was cancelled. Have it call heartbeat() more often, or allow it more time."
                    .formatted(limit)));
    if (silent) {
      task.cancel();
    }
  }
}
