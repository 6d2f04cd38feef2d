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
 * joined is not given up. Those who want to be told of the end are on a stack; the end is noted
 * first, so whoever is added too late finds it.
 */
final class Flight<K, R extends @Nullable Object> {

  private static final int OVER = Integer.MIN_VALUE;
  private static final VarHandle CALLERS = handle("callers", int.class);
  private static final VarHandle TOLD = handle("told", Ticket.class);
  private static final VarHandle END = handle("end", Outcome.class);

  final K key;
  private final SingleFlight<K, R> owner;
  private final Token token = new Token();
  private @Nullable Thread starter; // only a thread that finds itself has to see it
  private volatile int callers = 1;
  private volatile @Nullable Ticket<R> told; // the top of the stack
  private volatile @Nullable Outcome<R> end;

  Flight(SingleFlight<K, R> owner, K key) {
    this.owner = owner;
    this.key = key;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Flight.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void start(Call<K, R> call) {
    starter = Thread.currentThread();
    try {
      Promise.run(call, key, token, this::end);
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
          String why = "Everybody who wanted %s gave up.".formatted(key);
          end(new Outcome.Cancelled<>(new CancellationException(why)));
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
    if (!END.compareAndSet(this, null, outcome)) {
      return;
    }
    if (outcome instanceof Outcome.Cancelled<R>) {
      token.cancel();
    }
    Ticket<R> top = takeTold();
    while (top != null) {
      Ticket<R> next = top.below;
      top.below = null; // who keeps a ticket is not to keep the others
      top.settle(outcome);
      top = next;
    }
  }

  /** Returns how it ended; null if it has not. */
  @Nullable Outcome<R> end() {
    return end;
  }

  /** Lets a ticket know of the end. Once per ticket. */
  void tell(Ticket<R> ticket) {
    Ticket<R> top;
    do {
      top = told;
      ticket.below = top;
    } while (!TOLD.compareAndSet(this, top, ticket));
    Outcome<R> ended = end;
    if (ended != null) { // perhaps before the ticket was there to be told
      ticket.settle(ended);
    }
  }

  @SuppressWarnings("unchecked") // the handle is of that field
  private @Nullable Ticket<R> takeTold() {
    return (Ticket<R>) TOLD.getAndSet(this, null);
  }
}
