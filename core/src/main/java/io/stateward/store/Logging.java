package io.stateward.store;

import org.slf4j.Logger;

/** Logs what came of each dispatch. */
record Logging<S, A>(Logger logger) implements Middleware.Around<S, A> {

  @Override
  public Dispatched<S> around(A action, Next<S, A> next) {
    Dispatched<S> outcome = next.dispatch(action);
    if (logger.isDebugEnabled()) {
      logger.debug("'{}' {}: {}", next.store().name(), describe(outcome), action);
    }
    return outcome;
  }

  private static String describe(Dispatched<?> outcome) {
    return outcome.fold(
        committed -> "committed version " + committed.version(),
        unchanged -> "was left unchanged",
        unhandled -> "does not handle",
        vetoed -> "vetoed (" + vetoed.reason() + ")");
  }
}
