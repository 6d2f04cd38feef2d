package io.stateward.statemachine.runtime;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Notice;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Waits for a state of an actor, or for its end. */
final class Waiting<S> {

  private final LiveActor<S, ?> actor;
  private final Predicate<? super S> condition;
  private final CompletableFuture<S> met = new CompletableFuture<>();

  private Waiting(LiveActor<S, ?> actor, Predicate<? super S> condition) {
    this.actor = actor;
    this.condition = condition;
  }

  static <S> Task<S> until(LiveActor<S, ?> actor, Predicate<? super S> condition) {
    Objects.requireNonNull(condition, "condition");
    return Call.<Predicate<? super S>, S>stageWith(
            (asked, cancellation) -> new Waiting<>(actor, asked).begin(cancellation))
        .start(condition);
  }

  private CompletionStage<S> begin(Cancellation cancellation) {
    Task<S> task = Call.until(actor.state()).start(condition, cancellation);
    task.onEnd(this::end);
    Subscription watching =
        actor.observe(
            notice -> {
              if (notice instanceof Notice.Ended<S>) {
                over();
              }
            });
    CompletionStage<S> end = met;
    end.whenComplete(
        (state, failure) -> {
          watching.close();
          task.cancel();
        });
    if (actor.isOver()) {
      over();
    }
    return end;
  }

  private void end(Outcome<S> outcome) {
    if (outcome instanceof Outcome.Done<S> done) {
      met.complete(done.value());
    } else if (outcome instanceof Outcome.Failed<S> failed) {
      met.completeExceptionally(failed.cause());
    } else {
      met.cancel(false);
    }
  }

  /** The actor has stopped: its last state is the last that can meet the condition. */
  private void over() {
    S last = actor.snapshot().state();
    boolean meets;
    try {
      meets = condition.test(last);
    } catch (Throwable t) { // foreign code
      met.completeExceptionally(t);
      return;
    }
    if (meets) {
      met.complete(last);
    } else {
      met.completeExceptionally(actor.stopped("the condition that is waited for"));
    }
  }
}
