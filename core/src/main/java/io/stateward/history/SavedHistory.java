package io.stateward.history;

import io.stateward.codec.Codec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a history as a value.
 *
 * <pre>{@code
 * Codec<SavedHistory<Drawing>> codec = SavedHistory.codec(drawings, 1_000);
 * byte[] kept = codec.encode(history.save());
 * RestoreResult<Drawing> result = history.restore(codec.decode(kept));
 * }</pre>
 *
 * <p>Every state is saved whole, so what is kept grows with the number of steps.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the states are.
 *
 * @param <S> the type of the states
 * @param base the earliest state
 * @param steps the steps from there, each with the state that it led to
 * @param present how many of the steps are done; those after it were undone
 * @since 0.1
 */
public record SavedHistory<S>(S base, List<Step<S>> steps, int present) {

  /**
   * Checks that the parts fit together.
   *
   * @param base the earliest state
   * @param steps the steps from there; copied
   * @param present how many of the steps are done
   * @throws IllegalArgumentException if more are done than there are
   */
  public SavedHistory {
    Objects.requireNonNull(base, "base");
    steps = List.copyOf(steps);
    if (present < 0 || present > steps.size()) {
      throw new IllegalArgumentException(
          "Of %d steps, between 0 and %d are done, not %d."
              .formatted(steps.size(), steps.size(), present));
    }
  }

  /**
   * A step.
   *
   * @param <S> the type of the states
   * @param name what it is called; null if it has no name
   * @param state the state that it led to
   */
  public record Step<S>(@Nullable String name, S state) {

    /**
     * Checks the state.
     *
     * @param name what it is called
     * @param state the state that it led to
     */
    public Step {
      Objects.requireNonNull(state, "state");
    }
  }

  /**
   * Returns the state that was present.
   *
   * @return the state after the steps that are done
   */
  public S current() {
    return present == 0 ? base : steps.get(present - 1).state();
  }

  /**
   * Returns the codec of saved histories. Bytes that were damaged, that hold more steps than are
   * allowed, or whose states have another schema are refused.
   *
   * @param <S> the type of the states
   * @param states the codec of one state
   * @param mostSteps the most steps that are read or written; at least 1
   * @return the codec; its schema names that of the states
   */
  public static <S> Codec<SavedHistory<S>> codec(Codec<S> states, int mostSteps) {
    return SavedHistoryForm.codec(states, mostSteps);
  }
}
