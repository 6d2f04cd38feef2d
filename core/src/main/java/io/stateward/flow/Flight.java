package io.stateward.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One run that is shared.
 *
 * <p>Thread safety: the count of callers decides. It is positive while the run can be joined; it is
 * set to the lowest number in one step with the end of that, be it the outcome or the last caller
 * who leaves, and stays negative ever after. So nobody joins what is over, and a run that somebody
 * joined is not given up.
 */
final class Flight<K, R extends @Nullable Object> extends Promise<R> {

  private static final int OVER = Integer.MIN_VALUE;
  private static final VarHandle CALLERS = callersHandle();

  final K key;
  private final SingleFlight<K, R> owner;
  private @Nullable Thread starter; // only a thread that finds itself has to see it
  private volatile int callers = 1;

  Flight(SingleFlight<K, R> owner, K key) {
    this.owner = owner;
    this.key = key;
  }

  private static VarHandle callersHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Flight.class, "callers", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void start(Call<K, R> call) {
    starter = Thread.currentThread();
    try {
      run(call, key, token(), this::end);
    } finally {
      starter = null;
    }
  }

  /** Adds a caller; false if it is over. */
  boolean enter() {
    if ((int) CALLERS.getAndAdd(this, 1) <= 0) {
      return false;
    }
    if (starter == Thread.currentThread()) {
      leave();
      throw new IllegalStateException(
          "%s: the run for %s asks for itself, and would wait for its own result. Ask for something else, or do the work directly."
              .formatted(owner, key));
    }
    return true;
  }

  /** Removes a caller; the last one cancels it. */
  void leave() {
    int present = callers;
    while (present > 0) {
      int fewer = present == 1 ? OVER : present - 1;
      if (CALLERS.compareAndSet(this, present, fewer)) {
        if (fewer == OVER) {
          owner.remove(this);
          cancel(new CancellationException("Everybody who wanted %s gave up.".formatted(key)));
        }
        return;
      }
      present = callers;
    }
  }

  /** Ends it for everybody. */
  void end(Outcome<R> outcome) {
    callers = OVER;
    owner.remove(this);
    settle(outcome);
  }
}
