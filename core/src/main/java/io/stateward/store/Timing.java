package io.stateward.store;

import io.stateward.time.Timekeeper;
import java.util.function.ObjLongConsumer;

/** Measures how long each dispatch takes. */
record Timing<S, A>(Timekeeper timekeeper, ObjLongConsumer<? super A> taken)
    implements Middleware.Around<S, A> {

  @Override
  public Dispatched<S> around(A action, Next<S, A> next) {
    long start = timekeeper.nanoTime();
    try {
      return next.dispatch(action);
    } finally {
      taken.accept(action, timekeeper.nanoTime() - start);
    }
  }
}
