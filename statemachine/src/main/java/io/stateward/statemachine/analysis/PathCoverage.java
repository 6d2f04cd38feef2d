package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Trace;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How much of a machine paths visit, of what its samples can visit at all.
 *
 * <pre>{@code
 * PathCoverage coverage = paths.coverage(paths.transitions());
 * assertThat(coverage.transitions().missing()).isEmpty();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param states the names of active states
 * @param transitions the transitions that were taken
 * @param guards the guards that held, and those that did not
 * @param pairs transitions that were taken one after the other
 * @since 0.1
 */
public record PathCoverage(
    Share<String> states,
    Share<Trace.Transition> transitions,
    Share<GuardOutcome> guards,
    Share<Pair> pairs) {

  /**
   * What was visited, of what can be.
   *
   * @param <T> the type of what is counted
   * @param visited what was visited
   * @param possible what can be
   */
  public record Share<T>(Set<T> visited, Set<T> possible) {

    /**
     * Copies the sets.
     *
     * @param visited what was visited
     * @param possible what can be
     */
    public Share {
      visited = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(visited));
      possible = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(possible));
    }

    /**
     * Returns what was not visited.
     *
     * @return what can be and was not
     */
    public Set<T> missing() {
      Set<T> missing = new LinkedHashSet<>(possible);
      missing.removeAll(visited);
      return missing;
    }

    /** Returns both numbers. */
    @Override
    public String toString() {
      return "%d of %d".formatted(possible.size() - missing().size(), possible.size());
    }
  }

  /**
   * A guard that was asked.
   *
   * @param transition whose guard it is
   * @param held whether it held
   */
  public record GuardOutcome(Trace.Transition transition, boolean held) {}

  /**
   * Two transitions, one after the other.
   *
   * @param first the first one
   * @param second the one after it
   */
  public record Pair(Trace.Transition first, Trace.Transition second) {}

  /** Returns the four shares as text. */
  @Override
  public String toString() {
    return "states %s, transitions %s, guards %s, pairs %s"
        .formatted(states, transitions, guards, pairs);
  }
}
