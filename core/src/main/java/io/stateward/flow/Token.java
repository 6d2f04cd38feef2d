package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cancellation that can be cancelled.
 *
 * <p>Thread safety: safe for any number of threads. One action has a slot of its own, since few
 * tokens are listened to by more; the others share a set with a lock, which is released when they
 * run. The slot is also where the cancellation is noted. Whoever adds to the set looks at the slot
 * after that, and takes its action out and runs it if the cancellation may have missed it.
 */
final class Token implements Cancellation {

  private static final Object CANCELLED = new Object();
  private static final VarHandle SLOT = handle("slot", Object.class);
  private static final VarHandle MORE = handle("more", Actions.class);

  private volatile @Nullable Object slot; // an action, or that it is cancelled
  private volatile @Nullable Actions more;

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Token.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public boolean isCancelled() {
    return slot == CANCELLED;
  }

  @Override
  public Subscription onCancel(Runnable work) {
    Action action = new Action(this, Objects.requireNonNull(work, "action"));
    if (isCancelled()) {
      action.run();
    } else if (!SLOT.compareAndSet(this, null, action)) {
      Actions others = others();
      others.add(action);
      if (isCancelled() && others.remove(action)) {
        action.run();
      }
    }
    return action;
  }

  private Actions others() {
    Actions present = more;
    if (present == null) {
      MORE.compareAndSet(this, null, new Actions());
      present = Objects.requireNonNull(more);
    }
    return present;
  }

  private void remove(Action action) {
    Actions others = more;
    if (!SLOT.compareAndSet(this, action, null) && others != null) {
      others.remove(action);
    }
  }

  /** Cancels, and runs the actions. Cancelling again does nothing. */
  void cancel() {
    Object first = SLOT.getAndSet(this, CANCELLED);
    Actions others = more;
    if (others != null) {
      others.removeAll().forEach(Action::run);
    }
    if (first instanceof Action action) {
      action.run();
    }
  }

  /** A class and not a record: the same work may be added twice. */
  private static final class Action implements Subscription {
    private final Token token;
    private final Runnable work;

    Action(Token token, Runnable work) {
      this.token = token;
      this.work = work;
    }

    void run() {
      try {
        work.run();
      } catch (Throwable t) { // foreign code; the others are told all the same
        Probes.report("Cancellation", "An action threw when it was told of it.", t);
      }
    }

    @Override
    public void close() {
      token.remove(this);
    }
  }

  /** The actions that did not find the slot empty. */
  private static final class Actions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Action> actions = new LinkedHashSet<>(4); // guarded by lock

    void add(Action action) {
      lock.lock();
      try {
        actions.add(action);
      } finally {
        lock.unlock();
      }
    }

    boolean remove(Action action) {
      lock.lock();
      try {
        return actions.remove(action);
      } finally {
        lock.unlock();
      }
    }

    List<Action> removeAll() {
      lock.lock();
      try {
        List<Action> all = new ArrayList<>(actions);
        actions.clear();
        Collections.reverse(all);
        return all;
      } finally {
        lock.unlock();
      }
    }
  }
}
