package io.stateward.flow;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One caller's share of a flight.
 *
 * <p>Thread safety: safe for any number of threads. It boards the flight, to be told of its end,
 * only once somebody listens to it; until then, whether it has ended is what the flight says.
 */
final class Ticket<R extends @Nullable Object> extends Promise<R> {

  @Nullable Ticket<R>
      below; // on the stack of those who are told of the end; set before it is on it
  private final Flight<?, R> flight;

  Ticket(Flight<?, R> flight) {
    this.flight = flight;
  }

  @Override
  public CompletionStage<R> stage() {
    ask();
    return this;
  }

  @Override
  void asked() {
    flight.tell(this);
  }

  @Override
  public boolean isDone() {
    return super.isDone() || flight.end() != null;
  }

  @Override
  public Outcome<R> await() throws InterruptedException {
    Outcome<R> end = isDecided() ? null : flight.end();
    return end == null ? super.await() : end;
  }

  @Override
  boolean cancel(CancellationException why) {
    Outcome<R> end = flight.end();
    if (end != null) { // it has ended, whether it knows or not
      return end instanceof Outcome.Cancelled<R> it && it.cause() == why && super.cancel(why);
    }
    boolean gaveUp = super.cancel(why);
    if (gaveUp) {
      flight.leave();
    }
    return gaveUp;
  }
}
