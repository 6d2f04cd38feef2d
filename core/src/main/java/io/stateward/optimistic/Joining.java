package io.stateward.optimistic;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A mutation that is being added to the log. */
final class Joining<S, T> {

  private final LoggedStore<S> store;
  private final Command<S> command;
  private final MutationPlan<S, T> plan;
  private @Nullable Underway<S, T> made; // written under the lock of the log
  private @Nullable S before; // likewise
  private @Nullable S after; // likewise

  Joining(LoggedStore<S> store, Command<S> command, MutationPlan<S, T> plan) {
    this.store = store;
    this.command = command;
    this.plan = plan;
  }

  /** Adds the mutation to every store it goes over; nothing has happened if a command throws. */
  void join(List<Companion<?>> companions) {
    try {
      Companion.together(
          store.log(),
          companions,
          () -> {
            store.change(log -> add(log, companions));
            companions.forEach(other -> other.append(made()));
          });
    } catch (RuntimeException | Error e) {
      Underway<S, T> unmade = made;
      if (unmade != null) { // another store refused; the number is not given again
        unmade.withdrawn();
      }
      throw e;
    }
  }

  Underway<S, T> made() {
    return Objects.requireNonNull(made);
  }

  /** Sends the mutation, now that everybody sees it. */
  Underway<S, T> begun() {
    made().begin();
    return made();
  }

  private OptimisticLog<S> add(OptimisticLog<S> log, List<Companion<?>> companions) {
    Underway<S, T> present = made;
    if (present != null) { // computed anew, on a state that was loaded meanwhile
      return log.appendedAgain(present.entry(), after());
    }
    Underway<S, T> mutation = new Underway<>(store, store.nextId(), command, plan, companions);
    OptimisticLog<S> then = store.append(log, mutation.entry());
    made = mutation;
    before = log.visible();
    after = then.visible();
    store.register(mutation);
    return then;
  }

  /** Returns what was visible before the mutation. */
  S before() {
    return Objects.requireNonNull(before);
  }

  /** Returns what was visible with the mutation. */
  S after() {
    return Objects.requireNonNull(after);
  }
}
