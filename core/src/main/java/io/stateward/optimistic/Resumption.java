package io.stateward.optimistic;

import io.stateward.signal.internal.Probes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes up what an earlier run has stored: each mutation that the server has not answered gets a
 * handle, and is sent by the plan for its arguments if there is one.
 */
final class Resumption<S> {

  private final LoggedStore<S> store;
  private final ResumingPlans<S> plans;

  Resumption(LoggedStore<S> store, ResumingPlans<S> plans) {
    this.store = store;
    this.plans = plans;
  }

  /** Reports what could not be taken in, and takes up the rest. */
  void after(OptimisticLog<S> was, OptimisticLog<S> now) {
    for (Inert inert : now.earlier().inert()) {
      if (!was.earlier().hasInert(inert.id())) {
        report(inert.reason(), inert.cause());
      }
    }
    takeUp();
  }

  /** Gives a handle to whatever is in the log and has none. */
  void takeUp() {
    List<Underway<S, ?>> made = new ArrayList<>();
    for (LogEntry<S> entry : store.log().get().entries()) {
      if (isOrphan(entry)) {
        made.add(underway(entry));
      }
    }
    List<Underway<S, ?>> registered = new ArrayList<>();
    UnaryOperator<OptimisticLog<S>> registering =
        log -> {
          store.continueNumbers(log.earlier());
          for (Underway<S, ?> mutation : made) {
            if (log.isOpen(mutation.id()) && store.registerRestored(mutation)) {
              registered.add(mutation);
            }
          }
          return log;
        };
    store.log().update(registering); // no change of the log, so that it is not made again
    registered.forEach(Underway::resume);
  }

  private boolean isOrphan(LogEntry<S> entry) {
    return !entry.isAcknowledged() && !entry.isShare() && store.find(entry.id()) == null;
  }

  private Underway<S, ?> underway(LogEntry<S> entry) {
    MutationPlan<S, ?> plan = planOrNull(entry);
    if (plan != null) {
      try {
        return underway(entry, plan);
      } catch (RuntimeException e) { // it goes over a store that it cannot go over
        reportUnplanned(entry, e);
      }
    }
    return underway(entry, MutationPlan.whole());
  }

  private <T> Underway<S, T> underway(LogEntry<S> entry, MutationPlan<S, T> plan) {
    return new Underway<>(store, entry.id(), entry.made(), plan, Companion.of(store, plan));
  }

  private @Nullable MutationPlan<S, ?> planOrNull(LogEntry<S> entry) {
    try {
      return plans.planOf(entry.made());
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
      reportUnplanned(entry, e);
      return null;
    }
  }

  private void reportUnplanned(LogEntry<S> entry, Throwable cause) {
    report(
        "There is no plan to resume '%s' (%s), since making it threw; it waits for acknowledge, reject or external."
            .formatted(entry.made().name(), entry.id()),
        cause);
  }

  private void report(String problem, Throwable cause) {
    Probes.report("Store '" + store.name() + "'", problem, Objects.requireNonNull(cause));
  }
}
