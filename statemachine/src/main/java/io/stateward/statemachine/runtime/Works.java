package io.stateward.statemachine.runtime;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.InvokeSpec.Blocking;
import io.stateward.statemachine.internal.InvokeSpec.Child;
import io.stateward.statemachine.internal.InvokeSpec.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The work that an actor has invoked and that has not ended.
 *
 * <p>Thread safety: of whoever has the turn; the end of work does nothing but post.
 */
final class Works {

  private final LiveActor<?, ?> actor;
  private final Map<Long, Task<?>> running = new HashMap<>(4);

  Works(LiveActor<?, ?> actor) {
    this.actor = actor;
  }

  void start(Invocation invocation) {
    try {
      begin(invocation);
    } catch (RuntimeException e) { // a timekeeper that is closed, for one
      actor.complete(invocation, new Outcome.Failed<>(e));
    }
  }

  private void begin(Invocation invocation) {
    InvokeSpec spec = actor.plan().chart().invoke(invocation.state(), invocation.name());
    String key = actor.equipment().keys() + "/" + invocation.number() + "/" + invocation.name();
    Task<@Nullable Object> task = call(spec, new Attempts(actor.home(), key)).start(invocation);
    running.put(invocation.number(), task);
    task.onEnd(outcome -> actor.complete(invocation, outcome));
  }

  private Call<Invocation, @Nullable Object> call(InvokeSpec spec, Attempts attempts) {
    Call<Invocation, @Nullable Object> call = work(spec.work(), attempts);
    if (spec.heartbeat() != null) {
      call = new Pulse(call, spec.heartbeat(), attempts);
    }
    if (spec.retry() != null) {
      call = call.retrying(spec.retry().timekeeper(actor.home().timekeeper()));
    }
    return spec.timeout() == null ? call : call.timeout(spec.timeout(), actor.home().timekeeper());
  }

  @SuppressWarnings("NullAway") // which knows no call of what may be null
  private Call<Invocation, @Nullable Object> work(InvokeSpec.Work work, Attempts attempts) {
    if (work instanceof Blocking blocking) {
      return Call.blockingWith(
          actor.home().executor(),
          (it, cancellation) -> blocking.body().call(it.data(), attempts.begin(cancellation)));
    }
    if (work instanceof Stage stage) {
      return Call.stageWith((it, cancellation) -> stage(stage, it.data(), attempts, cancellation));
    }
    Child child = (Child) work;
    return Call.stageWith((it, cancellation) -> child(child, it.data(), attempts, cancellation));
  }

  private static CompletionStage<? extends @Nullable Object> stage(
      Stage stage, @Nullable Object data, Attempts attempts, Cancellation cancellation) {
    try {
      return stage.body().call(data, attempts.begin(cancellation));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Starts a machine, which ends with the work; its last state is the result. */
  private CompletionStage<? extends @Nullable Object> child(
      Child child, @Nullable Object data, Attempts attempts, Cancellation cancellation) {
    Actor<?, ?> started =
        actor.home().start(child.machine(), child.input().apply(data), attempts.key());
    cancellation.onCancel(started::stop);
    return result(started);
  }

  private static <S> CompletionStage<@Nullable Object> result(Actor<S, ?> child) {
    return child
        .ended()
        .thenApply(
            last -> {
              if (last.isDone()) {
                return last.state();
              }
              throw new CancellationException(
                  "Actor %s was stopped in %s before its machine came to its end."
                      .formatted(child.id(), last.leaves()));
            });
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  /** Cancels work, which the machine waits for no longer. */
  void cancel(Invocation invocation) {
    Task<?> task = running.remove(invocation.number());
    if (task != null) {
      task.cancel();
    }
  }

  void forget(Invocation invocation) {
    running.remove(invocation.number());
  }

  void cancel() {
    List<Task<?>> tasks = List.copyOf(running.values());
    running.clear();
    tasks.forEach(Task::cancel);
  }
}
