package io.stateward.optimistic;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a mutation of one store does to another one.
 *
 * @param store the other store
 * @param command what is done to it
 */
record Companion<U>(LoggedStore<U> store, Command<U> command) {

  static List<Companion<?>> of(LoggedStore<?> store, MutationPlan<?, ?> plan) {
    if (plan.shares().isEmpty()) {
      return List.of();
    }
    List<Companion<?>> all = new ArrayList<>();
    for (MutationPlan.Share<?> share : plan.shares()) {
      all.add(of(store, share));
    }
    return List.copyOf(all);
  }

  private static <U> Companion<U> of(LoggedStore<?> primary, MutationPlan.Share<U> share) {
    if (!(share.store() instanceof LoggedStore<U> other)) {
      throw new IllegalArgumentException(
          "A mutation goes over stores that OptimisticStore opened, which %s is not."
              .formatted(share.store()));
    }
    if (other == primary) {
      throw new IllegalArgumentException(
          "The mutation of '%s' names it as the other store as well. Make one command of both: Command.batch(name, commands)."
              .formatted(primary.name()));
    }
    return new Companion<>(other, share.command());
  }

  void append(Underway<?, ?> mutation) {
    LogEntry<U> entry = LogEntry.share(mutation.id(), command);
    change(log -> store.append(log, entry));
    store.register(mutation);
  }

  void change(UnaryOperator<OptimisticLog<U>> change) {
    store.change(change);
  }

  /** Runs an update of a store and of the companions' in one instant. */
  static void together(Store<?> log, List<Companion<?>> companions, Runnable body) {
    if (companions.isEmpty()) {
      body.run();
    } else {
      Store.atomically(
          body,
          log,
          companions.stream().map(other -> other.store().log()).toArray(Store<?>[]::new));
    }
  }
}
