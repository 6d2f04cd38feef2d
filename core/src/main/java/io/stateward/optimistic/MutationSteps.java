package io.stateward.optimistic;

import io.stateward.collection.PersistentVector;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a history of mutations.
 *
 * @param done what can be undone, oldest first
 * @param undone what can be redone, the next one last
 */
record MutationSteps<S>(
    PersistentVector<MutationStep<S, ?>> done, PersistentVector<MutationStep<S, ?>> undone) {

  static <S> MutationSteps<S> none() {
    return new MutationSteps<>(PersistentVector.of(), PersistentVector.of());
  }

  @Nullable MutationStep<S, ?> lastDone() {
    return done.isEmpty() ? null : done.get(done.size() - 1);
  }

  @Nullable MutationStep<S, ?> lastUndone() {
    return undone.isEmpty() ? null : undone.get(undone.size() - 1);
  }

  /** Adds a step that is new, or was redone. */
  MutationSteps<S> with(MutationStep<S, ?> step, boolean isNew) {
    PersistentVector<MutationStep<S, ?>> more = done.append(step);
    return new MutationSteps<>(
        more.size() > MutationHistory.STEPS ? more.without(0) : more,
        isNew ? PersistentVector.of() : undone);
  }

  /** Moves the last step to what was undone. */
  MutationSteps<S> undoing() {
    MutationStep<S, ?> last = lastDone();
    return last == null
        ? this
        : new MutationSteps<>(done.without(done.size() - 1), undone.append(last));
  }

  /** Takes the next step out of what was undone. */
  MutationSteps<S> redoing() {
    return undone.isEmpty() ? this : new MutationSteps<>(done, undone.without(undone.size() - 1));
  }

  MutationSteps<S> withUndone(MutationStep<S, ?> step) {
    return new MutationSteps<>(done, undone.append(step));
  }

  /** Moves a step back that was not undone after all; nothing if it was redone meanwhile. */
  MutationSteps<S> notUndone(MutationId id) {
    int index = indexOf(undone, id);
    return index < 0
        ? this
        : new MutationSteps<>(done.append(undone.get(index)), undone.without(index));
  }

  /** Forgets a step whose mutation took no effect; one that was undone by that stays. */
  MutationSteps<S> withoutDone(MutationId id) {
    int index = indexOf(done, id);
    return index < 0 ? this : new MutationSteps<>(done.without(index), undone);
  }

  MutationSteps<S> withoutUndone(MutationId id) {
    int index = indexOf(undone, id);
    return index < 0 ? this : new MutationSteps<>(done, undone.without(index));
  }

  MutationSteps<S> changed(MutationId id, UnaryOperator<MutationStep<S, ?>> change) {
    int index = indexOf(done, id);
    if (index >= 0) {
      return new MutationSteps<>(done.with(index, change.apply(done.get(index))), undone);
    }
    int other = indexOf(undone, id);
    return other < 0
        ? this
        : new MutationSteps<>(done, undone.with(other, change.apply(undone.get(other))));
  }

  private static <S> int indexOf(PersistentVector<MutationStep<S, ?>> steps, MutationId id) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
