package io.stateward.optimistic;

import io.stateward.signal.internal.Replayable;
import java.util.function.UnaryOperator;

/**
 * A change of the log that remembers what it found and what it left, the first time.
 *
 * <p>It is computed once more if a stored state is put under it meanwhile, which is none of its
 * maker's business.
 */
final class LogChange<S> implements Replayable<OptimisticLog<S>> {

  private final UnaryOperator<OptimisticLog<S>> change;
  private OptimisticLog<S> was;
  private OptimisticLog<S> now;

  LogChange(OptimisticLog<S> seen, UnaryOperator<OptimisticLog<S>> change) {
    this.change = change;
    this.was = seen;
    this.now = seen;
  }

  @Override
  public OptimisticLog<S> apply(OptimisticLog<S> log) {
    was = log;
    now = changed(log);
    return now;
  }

  @Override
  public OptimisticLog<S> replay(OptimisticLog<S> log) {
    return changed(log);
  }

  private OptimisticLog<S> changed(OptimisticLog<S> log) {
    OptimisticLog<S> tidied = log.tidied();
    OptimisticLog<S> after = change.apply(tidied);
    return after == tidied ? log : after;
  }

  @Override
  public boolean countsUnchanged() {
    return true;
  }

  OptimisticLog<S> was() {
    return was;
  }

  OptimisticLog<S> now() {
    return now;
  }

  /** Whether this change answered a mutation that had not been answered. */
  boolean closed(MutationId id) {
    return was.isOpen(id) && !now.isOpen(id);
  }
}
