package io.stateward.statemachine.analysis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A run that breaks a property.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 *
 * @param <S> the type of the state
 * @param visits the macrosteps in order, the beginning first
 * @param repeatsFrom where the run, at its end, goes on again and again: the number of a visit; -1
 *     if it ends
 * @since 0.1
 */
public record Counterexample<S>(List<Visit<S>> visits, int repeatsFrom) {

  /**
   * Copies the list.
   *
   * @param visits the macrosteps
   * @param repeatsFrom where it goes on, or -1
   */
  public Counterexample {
    visits = List.copyOf(visits);
  }

  /**
   * Returns what is to come for the run to happen.
   *
   * @return the path, to be replayed
   */
  public TestPath path() {
    return new TestPath(visits.stream().map(Visit::by).filter(java.util.Objects::nonNull).toList());
  }

  /** Returns a line for each macrostep. */
  @Override
  public String toString() {
    String run = visits.stream().map(Visit::toString).collect(Collectors.joining("\n  ", "  ", ""));
    return repeatsFrom < 0
        ? run
        : "%s\n  ... and again from \"%s\"".formatted(run, visits.get(repeatsFrom));
  }
}
