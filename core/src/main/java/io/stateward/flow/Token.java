package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A cancellation that can be cancelled.
 *
 * <p>Thread safety: safe for any number of threads. Actions run with the lock released.
 */
final class Token implements Cancellation {

  private final ReentrantLock lock = new ReentrantLock();
  private Set<Action> actions = Set.of(); // guarded by lock
  private volatile boolean cancelled; // written under lock

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public Subscription onCancel(Runnable work) {
    Action action = new Action(Objects.requireNonNull(work, "action"));
    if (add(action)) {
      return () -> remove(action);
    }
    action.run();
    return () -> {};
  }

  private boolean add(Action action) {
    lock.lock();
    try {
      if (!cancelled) {
        if (actions.isEmpty()) {
          actions = new LinkedHashSet<>(2);
        }
        actions.add(action);
      }
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Action action) {
    lock.lock();
    try {
      if (!actions.isEmpty()) {
        actions.remove(action);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Cancels, and runs the actions. Cancelling again does nothing. */
  void cancel() {
    List<Action> due;
    lock.lock();
    try {
      cancelled = true;
      due = new ArrayList<>(actions);
      actions = Set.of();
    } finally {
      lock.unlock();
    }
    Collections.reverse(due);
    due.forEach(Action::run);
  }

  /** A class and not a record: the same work may be added twice. */
  private static final class Action {
    private final Runnable work;

    Action(Runnable work) {
      this.work = work;
    }

    void run() {
      try {
        work.run();
      } catch (Throwable t) { // foreign code; the others are told all the same
        Probes.report("Cancellation", "An action threw when it was told of it.", t);
      }
    }
  }
}
