package io.stateward.store;

import io.stateward.flow.Outcome;
import io.stateward.store.Lifecycle.Request;
import io.stateward.time.Timekeeper;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The target that keeps an {@link Async} in a store.
 *
 * <p>Runs are numbered in the order of their start. What the newest of those that have ended left
 * behind is settled; while a newer one is under way, the value is pending on top of it. The result
 * of an older one comes too late for both. A cancelled run leaves what was settled before it.
 */
final class AsyncSlot<A, T> implements AsyncTarget<A, T> {

  private final Store<Async<T>> store;
  private final Timekeeper timekeeper;

  // All guarded by the lock of the store: used in its updaters only, which run once.
  private final TreeSet<Long> running = new TreeSet<>();
  private Async<T> settled = new Async.Idle<>();
  private long settledBy;
  private @Nullable Async<T> shown; // what this slot wrote last

  AsyncSlot(Store<Async<T>> store, Timekeeper timekeeper) {
    this.store = store;
    this.timekeeper = timekeeper;
  }

  @Override
  public void started(Request<A> request) {
    store.update(current -> start(request.number(), current));
  }

  @Override
  public void ended(Request<A> request, Outcome<T> outcome) {
    try {
      store.update(current -> end(request.number(), outcome, current));
    } catch (VetoedException refused) { // a value that the store does not take is a failure
      store.update(current -> end(request.number(), new Outcome.Failed<>(refused), current));
    }
  }

  private Async<T> start(long number, Async<T> current) {
    adopt(current);
    running.add(number);
    return show(current);
  }

  private Async<T> end(long number, Outcome<T> outcome, Async<T> current) {
    boolean foreign = current != shown;
    running.remove(number);
    if (number < settledBy || (foreign && outcome instanceof Outcome.Cancelled)) {
      return current;
    }
    adopt(current);
    if (!(outcome instanceof Outcome.Cancelled)) {
      settledBy = number;
      @Nullable T previous = settled.valueOrPrevious();
      settled =
          outcome.fold(
              value -> new Async.Ready<>(value, timekeeper.now()),
              error -> new Async.Failed<>(error, previous),
              cancelled -> settled);
    }
    return show(current);
  }

  /** Takes what somebody else wrote for settled. */
  private void adopt(Async<T> current) {
    if (current != shown) {
      T value = current.valueOrPrevious();
      settled =
          !current.isPending()
              ? current
              : value == null ? new Async.Idle<>() : new Async.Ready<>(value, timekeeper.now());
    }
  }

  private Async<T> show(Async<T> current) {
    Async<T> next = settled;
    if (running.higher(settledBy) != null) {
      Async<T> pending = new Async.Pending<>(settled.valueOrPrevious());
      next = pending.equals(current) ? current : pending;
    }
    shown = next;
    return next;
  }
}
