package io.stateward.flow;

import io.stateward.scope.Cancellation;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A call of work that gives a stage. */
record StageCall<A extends @Nullable Object, R extends @Nullable Object>(
    BiFunction<? super A, ? super Cancellation, ? extends CompletionStage<? extends R>> work)
    implements Call<A, R> {

  StageCall {
    Objects.requireNonNull(work, "work");
  }

  @Override
  public Task<R> start(A argument, Cancellation cancellation) {
    Promise<R> promise = new Promise<>();
    if (promise.follow(cancellation)) {
      begin(argument, promise);
    }
    return promise;
  }

  private void begin(A argument, Promise<R> promise) {
    try {
      CompletionStage<? extends R> stage = work.apply(argument, promise.token());
      if (stage == null) {
        throw new NullPointerException(
            "The work of a call returned null instead of a stage. Return a completed future if there is nothing to wait for.");
      }
      promise.token().onCancel(() -> cancel(stage));
      stage.whenComplete((value, failure) -> promise.settle(Outcome.of(value, failure)));
    } catch (Throwable t) { // foreign code
      promise.settle(Outcome.ofFailure(t));
    }
  }

  private static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // a stage may refuse to be a future; then the token is all that its work is told by
    }
  }
}
