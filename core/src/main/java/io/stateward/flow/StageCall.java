package io.stateward.flow;

import io.stateward.scope.Cancellation;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A call of work that gives a stage; the work is given the promise, which has a token. */
record StageCall<A extends @Nullable Object, R extends @Nullable Object>(
    BiFunction<? super A, ? super Promise<R>, ? extends CompletionStage<? extends R>> work)
    implements Call<A, R> {

  @Override
  public Task<R> start(A argument, Cancellation cancellation) {
    Run<R> run = new Run<>();
    if (run.follow(cancellation)) {
      begin(argument, run);
    }
    return run;
  }

  private void begin(A argument, Run<R> run) {
    try {
      CompletionStage<? extends R> stage = work.apply(argument, run);
      if (stage == null) {
        throw new NullPointerException(
            "The work of a call returned null instead of a stage. Return a completed future if there is nothing to wait for.");
      }
      run.watch(stage);
    } catch (Throwable t) { // foreign code
      run.settle(Outcome.ofFailure(t));
    }
  }

  /** One run of the work. */
  private static final class Run<R extends @Nullable Object> extends Promise<R> {

    private volatile @Nullable CompletionStage<?> stage;

    void watch(CompletionStage<? extends R> given) {
      stage = given;
      if (isDecided()) {
        cancelWork(); // who cancelled may have come before the stage was there
      }
      given.whenComplete((value, failure) -> settle(Outcome.of(value, failure)));
    }

    @Override
    void cancelWork() {
      CompletionStage<?> given = stage;
      if (given == null) {
        return;
      }
      try {
        given.toCompletableFuture().cancel(true);
      } catch (UnsupportedOperationException e) {
        // a stage may refuse to be a future; then the token is all that its work is told by
      }
    }
  }
}
