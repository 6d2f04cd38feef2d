package io.stateward.store;

import io.stateward.flow.Outcome;
import io.stateward.store.Lifecycle.Request;
import java.util.function.Function;

/** Where the runs of an async action are written to. Called without a lock. */
interface AsyncTarget<A, T> {

  /** A run is about to begin; what this throws keeps it from doing so. */
  void started(Request<A> request);

  /** A run that was started has ended. Called once for each that was started. */
  void ended(Request<A> request, Outcome<T> outcome);

  /** The target that dispatches actions. */
  record Dispatching<A, T, X>(
      ReducingStore<?, X> store, Function<? super Lifecycle<A, T>, ? extends X> action)
      implements AsyncTarget<A, T> {

    @Override
    public void started(Request<A> request) {
      store.dispatch(action.apply(new Lifecycle.Pending<>(request)));
    }

    @Override
    public void ended(Request<A> request, Outcome<T> outcome) {
      Lifecycle<A, T> event =
          outcome.fold(
              value -> new Lifecycle.Fulfilled<>(request, value),
              error -> new Lifecycle.Rejected<>(request, error),
              cause -> new Lifecycle.Cancelled<>(request, cause));
      store.dispatch(action.apply(event));
    }
  }
}
