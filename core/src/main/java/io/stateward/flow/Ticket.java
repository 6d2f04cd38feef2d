package io.stateward.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One caller's share of a flight.
 *
 * <p>Thread safety: safe for any number of threads. It listens to the flight only once somebody
 * listens to it; until then, whether it has ended is what the flight says.
 */
final class Ticket<R extends @Nullable Object> extends Promise<R> {

  private static final VarHandle LISTENING = listeningHandle();

  private final Flight<?, R> flight;
  private volatile boolean listening;

  Ticket(Flight<?, R> flight) {
    this.flight = flight;
  }

  private static VarHandle listeningHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Ticket.class, "listening", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public CompletionStage<R> stage() {
    if (!listening && LISTENING.compareAndSet(this, false, true)) {
      flight.onEnd(this::settle);
    }
    return this;
  }

  @Override
  public boolean isDone() {
    return super.isDone() || flight.isDone();
  }

  @Override
  boolean cancel(CancellationException why) {
    if (flight.isDecided()) {
      stage(); // ended already, if nobody knew
      return flight.isCancelled() && super.cancel(why);
    }
    boolean gaveUp = super.cancel(why);
    if (gaveUp) {
      flight.leave();
    }
    return gaveUp;
  }
}
