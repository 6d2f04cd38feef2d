package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A call that waits for a value of a signal. */
record ConditionCall<T extends @Nullable Object>(Signal<T> signal)
    implements Call<Predicate<? super T>, T> {

  ConditionCall {
    Objects.requireNonNull(signal, "signal");
  }

  @Override
  public Task<T> start(Predicate<? super T> condition, Cancellation cancellation) {
    Promise<T> promise = new Promise<>();
    if (promise.follow(cancellation)) {
      try {
        Subscription subscription =
            signal.subscribe(
                Delivery.every().withCurrent().named("condition"),
                change -> check(change.now(), condition, promise));
        promise.stage().whenComplete((value, failure) -> subscription.close());
      } catch (Throwable t) { // closed, for example
        promise.settle(Outcome.ofFailure(t));
      }
    }
    return promise;
  }

  private void check(T value, Predicate<? super T> condition, Promise<T> promise) {
    if (promise.isDecided()) {
      return;
    }
    try {
      if (condition.test(value)) {
        promise.settle(new Outcome.Done<>(value));
      }
    } catch (Throwable t) { // foreign code; a condition that cannot be asked is never met
      promise.settle(Outcome.ofFailure(t));
    }
  }
}
