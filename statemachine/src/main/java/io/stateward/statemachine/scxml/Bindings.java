package io.stateward.statemachine.scxml;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an expression sees while it is evaluated.
 *
 * <p><b>Thread safety.</b> Only for the call that it is handed to.
 *
 * @param machine what the machine is called; {@code _name}
 * @param variables the values of {@code <data>}
 * @param event the event that is being processed, or null before the first; {@code _event}
 * @param active tells of the id of a state whether it is active; {@code In}
 * @since 0.1
 */
public record Bindings(
    String machine, Variables variables, @Nullable ScxmlEvent event, Predicate<String> active) {

  static final String PREFIX = "#_scxml_";

  /**
   * Checks the parts.
   *
   * @param machine what the machine is called
   * @param variables the values of {@code <data>}
   * @param event the event that is being processed, or null
   * @param active tells of the id of a state whether it is active
   */
  public Bindings {
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(variables, "variables");
    Objects.requireNonNull(active, "active");
  }

  /**
   * Tells whether a state is active.
   *
   * @param state its id
   * @return whether it is; false if there is no such state
   */
  public boolean isIn(String state) {
    return active.test(state);
  }

  /**
   * Returns the address that this machine sends to itself by.
   *
   * @return {@code #_scxml_} and the name of the machine
   */
  public String address() {
    return PREFIX + machine;
  }
}
