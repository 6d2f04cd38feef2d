package io.stateward.optimistic;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Transaction;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The history that makes the mutations it is to undo. */
final class RecordingMutations<S> implements MutationHistory<S> {

  /*
   * Concurrency
   * -----------
   * The steps are an immutable value in a store. Whoever undoes or redoes first takes the step out, in one
   * update, and is the only one who works on it; what it calls then runs without a lock. If nothing
   * comes of it, the step is put back. Settlements come at any time, and find the step where it is.
   */

  private final LoggedStore<S> store;
  private final Store<MutationSteps<S>> steps;
  private volatile boolean closed;

  RecordingMutations(LoggedStore<S> store) {
    this.store = store;
    this.steps = Store.of("steps of '%s'".formatted(store.name()), MutationSteps.none());
  }

  @Override
  public <T> Mutation<T> mutate(Command<S> command, MutationPlan<S, T> plan) {
    check("mutation");
    return make(command, plan, true);
  }

  private <T> Mutation<T> make(Command<S> command, MutationPlan<S, T> plan, boolean isNew) {
    Joining<S, T> joining = store.join(command, plan);
    MutationStep<S, T> step = stepOrNull(joining, command, plan);
    if (step != null) {
      steps.update(now -> closed ? now : now.with(step, isNew));
      step.mutation().stage().thenAccept(result -> settled(step, result));
    }
    return joining.begun();
  }

  private <T> @Nullable MutationStep<S, T> stepOrNull(
      Joining<S, T> joining, Command<S> command, MutationPlan<S, T> plan) {
    try {
      return MutationStep.of(joining, command, plan, store.ids());
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // a lens
      Probes.report(
          "Store '" + store.name() + "'",
          "What mutation '%s' (%s) is about could not be read, so it cannot be undone; nothing else is changed by that."
              .formatted(command.name(), joining.made().id()),
          e);
      return null;
    }
  }

  private <T> void settled(MutationStep<S, T> step, WriteResult<T> result) {
    if (step.mutation().tookEffect()) {
      steps.update(now -> now.changed(step.id(), was -> step.settledWith(result)));
    } else {
      steps.update(now -> now.withoutDone(step.id()));
    }
  }

  @Override
  public StepResult undo() {
    check("undo");
    while (true) {
      MutationStep<S, ?> step = taken(MutationSteps::lastDone, MutationSteps::undoing);
      if (step == null) {
        return new StepResult.Nothing();
      }
      StepResult result = undone(step);
      if (result != null) {
        return result;
      }
    }
  }

  /** Takes a step out, so that nobody else does. */
  private @Nullable MutationStep<S, ?> taken(
      Function<MutationSteps<S>, @Nullable MutationStep<S, ?>> which,
      UnaryOperator<MutationSteps<S>> taking) {
    AtomicReference<@Nullable MutationStep<S, ?>> taken = new AtomicReference<>();
    steps.update(
        now -> {
          taken.set(which.apply(now));
          return taking.apply(now);
        });
    return taken.get();
  }

  /** Undoes a step; null if it took no effect, so that the one before is to be undone. */
  private <T> @Nullable StepResult undone(MutationStep<S, T> step) {
    if (step.settled()) {
      return reversed(step);
    }
    if (step.mutation().cancel()) {
      return new StepResult.Cancelled(step.name(), step.id());
    }
    WriteResult<T> result = step.result();
    if (result == null) {
      String reason = "'%s' is being settled at this moment. Undo it again.".formatted(step.name());
      StepResult refused = kept(step, reason, null);
      step.mutation().stage().thenAccept(late -> settled(step, late)); // it may not have found it
      return refused;
    }
    if (step.mutation().tookEffect()) {
      return reversed(step.settledWith(result));
    }
    steps.update(now -> now.withoutUndone(step.id()));
    return null;
  }

  private <T> StepResult reversed(MutationStep<S, T> step) {
    MutationPlan.Inverse<S> given = step.plan().inverse();
    try {
      if (given != null) {
        return reversed(step, given.command(), step.plan().planOf(given));
      }
      String obstacle = obstacle(step);
      return obstacle == null
          ? reversed(step, step.putBack(), step.plan())
          : kept(step, obstacle, null);
    } catch (ClosedException | NestedUpdateException e) {
      steps.update(now -> now.notUndone(step.id()));
      throw e;
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // the command, a lens
      return kept(
          step, "'%s' cannot be undone on the present state: %s".formatted(step.name(), e), e);
    }
  }

  private @Nullable String obstacle(MutationStep<S, ?> step) {
    return store.takesUntyped()
        ? step.obstacle(store.visible().get(), store.ids())
        : "Store '%s' stores its log, so what undoes '%s' has to be a command of its types. Say it with MutationPlan.undoneBy(...)."
            .formatted(store.name(), step.name());
  }

  private <T> StepResult reversed(
      MutationStep<S, ?> step, Command<S> inverse, MutationPlan<S, T> plan) {
    Underway<S, T> mutation = store.join(inverse, plan).begun();
    mutation
        .stage()
        .thenAccept(
            result -> {
              if (!mutation.tookEffect()) {
                steps.update(now -> now.notUndone(step.id()));
              }
            });
    return new StepResult.Made(step.name(), mutation);
  }

  /** Puts a step back that was not undone. */
  private StepResult kept(MutationStep<S, ?> step, String reason, @Nullable Throwable cause) {
    steps.update(now -> now.notUndone(step.id()));
    return new StepResult.Refused(step.name(), reason, cause);
  }

  @Override
  public StepResult redo() {
    check("redo");
    MutationStep<S, ?> step = taken(MutationSteps::lastUndone, MutationSteps::redoing);
    return step == null ? new StepResult.Nothing() : redone(step);
  }

  private <T> StepResult redone(MutationStep<S, T> step) {
    try {
      return new StepResult.Made(step.name(), make(step.command(), step.plan(), false));
    } catch (ClosedException | NestedUpdateException e) {
      steps.update(now -> now.withUndone(step));
      throw e;
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // the command, a lens
      steps.update(now -> now.withUndone(step));
      return new StepResult.Refused(
          step.name(),
          "'%s' cannot be made again on the present state: %s".formatted(step.name(), e),
          e);
    }
  }

  private void check(String attempted) {
    Transaction.refuseInside(() -> "%s in the history of '%s'".formatted(attempted, store.name()));
    if (closed) {
      throw new ClosedException("The history of '%s'".formatted(store.name()), attempted);
    }
  }

  @Override
  public Signal<Boolean> canUndo() {
    return steps.select(now -> !now.done().isEmpty());
  }

  @Override
  public Signal<Boolean> canRedo() {
    return steps.select(now -> !now.undone().isEmpty());
  }

  @Override
  public Signal<@Nullable String> undoName() {
    return steps.select(now -> nameOf(now.lastDone()));
  }

  @Override
  public Signal<@Nullable String> redoName() {
    return steps.select(now -> nameOf(now.lastUndone()));
  }

  private static @Nullable String nameOf(@Nullable MutationStep<?, ?> step) {
    return step == null ? null : step.name();
  }

  @Override
  public void clear() {
    check("clear");
    steps.update(now -> MutationSteps.none());
  }

  @Override
  public void close() {
    Transaction.refuseInside(() -> "close of the history of '%s'".formatted(store.name()));
    closed = true;
    steps.update(now -> MutationSteps.none());
  }
}
