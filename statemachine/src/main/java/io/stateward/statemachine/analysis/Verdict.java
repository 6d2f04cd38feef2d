package io.stateward.statemachine.analysis;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a check of a machine came to.
 *
 * <pre>{@code
 * String line = verdict.fold(
 *     holds -> "holds in " + holds.states() + " states",
 *     violated -> violated.property() + " is broken by\n" + violated.counterexample());
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public sealed interface Verdict<S> {

  /**
   * No run that was looked at breaks a property.
   *
   * @param <S> the type of the state
   * @param states how many states were visited, which an abstraction may take together
   * @param steps how many macrosteps were made
   * @param complete whether these are all that the samples lead to; else the bound was met
   * @param missing the names of events and of invoked work without a sample, which never came
   */
  record Holds<S>(int states, int steps, boolean complete, List<String> missing)
      implements Verdict<S> {

    /**
     * Copies the list.
     *
     * @param states how many states were visited
     * @param steps how many macrosteps were made
     * @param complete whether these are all
     * @param missing what had no sample
     */
    public Holds {
      missing = List.copyOf(missing);
    }
  }

  /**
   * A run breaks a property.
   *
   * @param <S> the type of the state
   * @param property what the property is called
   * @param counterexample a run that breaks it: a shortest one, where a state breaks it; a short
   *     one, where something never comes
   */
  record Violated<S>(String property, Counterexample<S> counterexample) implements Verdict<S> {

    /**
     * Checks the parts.
     *
     * @param property what the property is called
     * @param counterexample a run that breaks it
     */
    public Violated {
      Objects.requireNonNull(property, "property");
      Objects.requireNonNull(counterexample, "counterexample");
    }

    /** Returns the property and the run. */
    @Override
    public String toString() {
      return "\"%s\" is broken by:\n%s".formatted(property, counterexample);
    }
  }

  /**
   * Tells whether no run that was looked at breaks a property.
   *
   * @return true if {@link Holds}
   */
  default boolean holds() {
    return this instanceof Holds<S>;
  }

  /**
   * Returns what one of two functions makes of the verdict.
   *
   * @param <T> the type of what they make
   * @param holds takes that nothing was broken
   * @param violated takes what was broken
   * @return what the function for this verdict returned
   */
  default <T> T fold(
      Function<? super Holds<S>, ? extends T> holds,
      Function<? super Violated<S>, ? extends T> violated) {
    return this instanceof Holds<S> it ? holds.apply(it) : violated.apply((Violated<S>) this);
  }
}
