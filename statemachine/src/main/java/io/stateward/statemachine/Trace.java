package io.stateward.statemachine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which transitions a macrostep took, microstep by microstep.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param microsteps in order; empty if no transition was taken
 * @since 0.1
 */
public record Trace(List<Microstep> microsteps) {

  private static final Trace NONE = new Trace(List.of());

  /**
   * Copies the list.
   *
   * @param microsteps in order
   */
  public Trace {
    microsteps = List.copyOf(microsteps);
  }

  /**
   * Returns the trace of a macrostep that took no transition.
   *
   * @return the empty trace
   */
  public static Trace none() {
    return NONE;
  }

  /**
   * Transitions that were taken together, one for each region at most.
   *
   * @param transitions in the order of the definition
   * @param exited the names of the states that were left, innermost first
   * @param entered the names of the states that were entered, outermost first
   */
  public record Microstep(List<Transition> transitions, List<String> exited, List<String> entered) {

    /**
     * Copies the lists.
     *
     * @param transitions in the order of the definition
     * @param exited what was left
     * @param entered what was entered
     */
    public Microstep {
      transitions = List.copyOf(transitions);
      exited = List.copyOf(exited);
      entered = List.copyOf(entered);
    }
  }

  /**
   * A transition of the definition.
   *
   * @param source the name of the state that has it
   * @param trigger what it answers to, such as {@code Submit}, {@code after 5s} or {@code done}
   * @param guard the name of its guard, or null
   * @param targets the names of the states that it leads to; empty for none
   */
  public record Transition(
      String source, String trigger, @Nullable String guard, List<String> targets) {

    /**
     * Copies the list.
     *
     * @param source the name of the state that has it
     * @param trigger what it answers to
     * @param guard the name of its guard, or null
     * @param targets the names of the states that it leads to
     */
    public Transition {
      targets = List.copyOf(targets);
    }
  }
}
