package io.stateward.store;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.signal.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A listener, and its runs. */
final class ListenerEntry<S, A, B extends A> {

  private final Listeners<S, A> listeners;
  private final Class<B> type;
  private final Predicate<? super B> condition;
  private final Listener<S, A, B> listener;
  private final Set<ListenerRun<S, A>> active = ConcurrentHashMap.newKeySet();
  private volatile Subscription listening = () -> {};

  ListenerEntry(
      Listeners<S, A> listeners,
      Class<B> type,
      Predicate<? super B> condition,
      Listener<S, A, B> listener) {
    this.listeners = listeners;
    this.type = type;
    this.condition = condition;
    this.listener = listener;
  }

  void stopBy(Subscription subscription) {
    listening = subscription;
  }

  void stop() {
    listening.close();
  }

  void offer(A action) {
    if (type.isInstance(action)) {
      B taken = type.cast(action);
      if (condition.test(taken)) {
        begin(taken);
      }
    }
  }

  private void begin(B action) {
    ListenerRun<S, A> run = new ListenerRun<>(listeners, this);
    active.add(run);
    if (listeners.isClosed()) { // who closed them may not have seen this run
      run.cancel();
    }
    Call<B, Boolean> call =
        Call.blockingWith(
            listeners.executor,
            (argument, cancellation) -> {
              listener.run(argument, run.under(cancellation));
              return true;
            });
    Task<Boolean> task = call.start(action, listeners.cancellation);
    run.is(task);
    task.onEnd(
        outcome -> {
          active.remove(run);
          run.end();
          if (outcome instanceof Outcome.Failed<?> failed) {
            listeners.report(
                "It threw, or could not be run, on %s; it goes on listening."
                    .formatted(Reducers.typeOf(action)),
                failed.cause());
          }
        });
  }

  void cancelOthers(ListenerRun<S, A> self) {
    active.forEach(
        run -> {
          if (run != self) {
            run.cancel();
          }
        });
  }

  void cancelAll() {
    active.forEach(ListenerRun::cancel);
  }
}
