package io.stateward.optimistic;

import io.stateward.signal.internal.Probes;
import io.stateward.store.WriteResult;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a mutation leaves the log of its store, and of the others that it goes over, in one instant;
 * and what it is settled with then.
 *
 * <p>Thread safety: safe for any number of threads. Of several departures of one mutation, one
 * finds it open.
 */
final class Departure<S, T> {

  private final LoggedStore<S> store;
  private final LogEntry<S> entry;
  private final MutationId id;
  private final MutationPlan<S, T> plan;
  private final List<Companion<?>> companions;

  Departure(
      LoggedStore<S> store,
      LogEntry<S> entry,
      MutationPlan<S, T> plan,
      List<Companion<?>> companions) {
    this.store = store;
    this.entry = entry;
    this.id = entry.id();
    this.plan = plan;
    this.companions = companions;
  }

  /**
   * Confirms the mutation.
   *
   * @param patch puts what the server sent in place; null if it sent nothing
   * @param value what the server sent; null if it is not known
   * @return what it is settled with; null if it was closed before
   */
  @Nullable WriteResult<T> acknowledged(@Nullable Patch<S> patch, @Nullable T value) {
    Object temporary = plan.temporaryId();
    Object real = temporary == null || value == null ? null : plan.realIdIn(value);
    LogChange<S> change =
        store.prepared(
            log ->
                temporary == null || real == null
                    ? answered(log, patch)
                    : answered(log, patch, temporary, real));
    together(
        () -> {
          store.log().update(change);
          if (change.closed(id)) {
            confirmCompanions();
          }
        });
    return change.closed(id)
        ? result(() -> saved(patch == null ? value : confirmed(value, change.now()), change.was()))
        : null;
  }

  /** Returns what the server sent; of a patch from outside, what that put into the base. */
  private @Nullable T confirmed(@Nullable T value, OptimisticLog<S> now) {
    return value == null ? plan.part(now.ids()).in(now.base()) : value;
  }

  private OptimisticLog<S> answered(OptimisticLog<S> log, @Nullable Patch<S> patch) {
    if (!log.isOpen(id)) {
      return log;
    }
    return patch == null
        ? log.acknowledged(id, plan.isConfirmedAtOnce())
        : LoggedStore.pushed(log, patch.given(log.ids()), Set.of(id));
  }

  /** Likewise, of a mutation that created something whose real id is known now. */
  private OptimisticLog<S> answered(
      OptimisticLog<S> log, @Nullable Patch<S> patch, Object temporary, Object real) {
    if (patch == null || !log.isOpen(id)) {
      return answered(log.learning(temporary, real), null);
    }
    Push<S> push = new Push<>(patch.given(log.ids().with(temporary, real)), Set.of(id));
    OptimisticLog<S> after = log.pushed(push, temporary, real);
    push.rethrow();
    return after;
  }

  /** Reads what the mutation is settled with; it is settled also if a lens throws here. */
  private WriteResult<T> result(Supplier<WriteResult<T>> reading) {
    try {
      return reading.get();
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
      Probes.report(
          "Store '" + store.name() + "'",
          "The part that mutation '%s' (%s) is about cannot be read, for its result."
              .formatted(entry.command().name(), id),
          e);
      return new WriteResult.Failed<>(e);
    }
  }

  private void confirmCompanions() {
    companions.forEach(
        other -> other.change(log -> log.acknowledged(id, plan.isConfirmedAtOnce())));
  }

  /** What a server sent, to be put in place by the ids that are known then. */
  @FunctionalInterface
  interface Patch<S> {
    UnaryOperator<S> given(TemporaryIds ids);
  }

  private WriteResult<T> saved(@Nullable T value, OptimisticLog<S> was) {
    if (value != null) {
      return new WriteResult.Saved<>(value);
    }
    About<S, T> about = plan.part(was.ids());
    int index = was.indexOf(id);
    T made = about.in(was.image(index));
    T there = made == null ? about.in(was.image(index - 1)) : made;
    return there == null ? new WriteResult.Gone<>() : new WriteResult.Saved<>(there);
  }

  /** Confirms a mutation whose effect came with a push, and says what it is settled with. */
  WriteResult<T> included(@Nullable T base) {
    OptimisticLog<S> now = store.log().get();
    together(this::confirmCompanions);
    return result(() -> includedIn(now, base));
  }

  private WriteResult<T> includedIn(OptimisticLog<S> now, @Nullable T base) {
    T there = plan.part(now.ids()).in(now.base());
    T last = there == null ? base : there;
    return last == null ? new WriteResult.Gone<>() : new WriteResult.Saved<>(last);
  }

  /** Whether the mutation removes what it is about, as things stand. */
  boolean removes() {
    OptimisticLog<S> now = store.log().get();
    int index = now.indexOf(id);
    return index >= 0 && plan.part(now.ids()).in(now.image(index)) == null;
  }

  /** Takes the mutation out of every log it is in; false if it was closed before. */
  boolean removed(UnaryOperator<OptimisticLog<S>> removal) {
    LogChange<S> change = store.prepared(log -> log.isOpen(id) ? removal.apply(log) : log);
    together(
        () -> {
          store.log().update(change);
          if (change.closed(id)) {
            companions.forEach(other -> other.change(log -> log.removed(id, null, false)));
          }
        });
    return change.closed(id);
  }

  private void together(Runnable body) {
    Companion.together(store.log(), companions, body);
  }

  /** Says what a mutation is settled with that was dropped. */
  WriteResult<T> confirmedInstead() {
    return result(
        () -> {
          OptimisticLog<S> now = store.log().get();
          T there = plan.part(now.ids()).in(now.base());
          return there == null ? new WriteResult.Gone<>() : new WriteResult.Conflict<>(there);
        });
  }
}
