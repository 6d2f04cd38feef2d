package io.stateward.examples.cards;

import io.stateward.collection.PersistentVector;
import io.stateward.examples.Json;
import io.stateward.optimistic.Mutation;
import io.stateward.optimistic.MutationId;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the person at a window can take back. A change that is under way is cancelled; one that is
 * settled is taken back by a change of its own.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Steps {

  private static final int MOST = 50;

  /**
   * Something that was done. A class and not a record: two equal steps are still two.
   *
   * <p>There is no way back from some changes once they are settled.
   */
  static final class Step {
    final String name;
    final Supplier<Mutation<?>> forth;
    final @Nullable Runnable back;
    final Mutation<?> mutation;

    Step(String name, Supplier<Mutation<?>> forth, @Nullable Runnable back, Mutation<?> mutation) {
      this.name = name;
      this.forth = forth;
      this.back = back;
      this.mutation = mutation;
    }
  }

  /**
   * The steps, the newest last.
   *
   * @param done what can be taken back
   * @param undone what can be done again
   */
  record Stacks(PersistentVector<Step> done, PersistentVector<Step> undone) {

    Stacks withDone(Step step) {
      PersistentVector<Step> more = done.append(step);
      return new Stacks(more.size() > MOST ? more.without(0) : more, undone);
    }

    Stacks without(Step step) {
      int index = done.indexOf(step);
      return index < 0 ? this : new Stacks(done.without(index), undone);
    }

    String toJson() {
      return Json.object()
          .put("undoable", done.size())
          .put("redoable", undone.size())
          .put("undo", done.isEmpty() ? null : done.get(done.size() - 1).name)
          .put("redo", undone.isEmpty() ? null : undone.get(undone.size() - 1).name)
          .toString();
    }
  }

  private final Store<Stacks> stacks =
      Store.of("steps", new Stacks(PersistentVector.of(), PersistentVector.of()));

  private final Map<MutationId, Step> cancelled = new ConcurrentHashMap<>(); // not yet answered

  Signal<Stacks> signal() {
    return stacks;
  }

  // excerpt: undo
  /** Does something that can be taken back; what could be done again is forgotten. */
  void take(String name, Supplier<Mutation<?>> forth, @Nullable Runnable back) {
    take(name, forth, back, before -> new Stacks(before.done(), PersistentVector.of()));
  }

  private void take(
      String name,
      Supplier<Mutation<?>> forth,
      @Nullable Runnable back,
      UnaryOperator<Stacks> before) {
    Step step = new Step(name, forth, back, forth.get());
    stacks.update(now -> before.apply(now).withDone(step));
    step.mutation.stage().thenAccept(result -> keep(step, result.isSaved()));
  }

  /** What did not take effect cannot be taken back, and neither can what has no way back. */
  private void keep(Step step, boolean saved) {
    if (!saved || step.back == null) {
      stacks.update(now -> now.without(step));
    }
  }

  /** Takes the last step back; returns whether there was one. */
  boolean undo() {
    Step step = taken(Stacks::done, now -> now.without(now.done().get(now.done().size() - 1)));
    if (step == null) {
      return false;
    }
    if (step.mutation.cancel()) {
      cancelled.put(step.mutation.id(), step);
    } else if (step.back != null) {
      step.back.run();
    }
    stacks.update(now -> new Stacks(now.done(), now.undone().append(step)));
    return true;
  }

  /** Does again what was taken back last; returns whether there was something. */
  boolean redo() {
    Step step =
        taken(
            Stacks::undone,
            now -> new Stacks(now.done(), now.undone().without(now.undone().size() - 1)));
    if (step != null) {
      take(step.name, step.forth, step.back, now -> now);
    }
    return step != null;
  }

  // end of excerpt

  /**
   * Hears that the server has carried out a change all the same, or has not; returns whether it has
   * to stay, as there is no way back.
   */
  boolean answered(MutationId id, boolean saved) {
    Step late = cancelled.remove(id);
    if (late == null || !saved) {
      return false;
    }
    if (late.back != null) {
      late.back.run();
    }
    return late.back == null;
  }

  /** Takes the newest step off a stack. */
  private @Nullable Step taken(
      Function<Stacks, PersistentVector<Step>> stack, UnaryOperator<Stacks> without) {
    AtomicReference<@Nullable Step> taken = new AtomicReference<>();
    stacks.update(
        now -> {
          PersistentVector<Step> steps = stack.apply(now);
          taken.set(steps.isEmpty() ? null : steps.get(steps.size() - 1));
          return steps.isEmpty() ? now : without.apply(now);
        });
    return taken.get();
  }
}
