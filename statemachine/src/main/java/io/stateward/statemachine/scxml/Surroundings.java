package io.stateward.statemachine.scxml;

import io.stateward.statemachine.View;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of one document have in common.
 *
 * @param machine what the machine is called
 * @param states the ids of its states
 * @param variables whether it has any
 */
record Surroundings(String machine, Set<String> states, boolean variables) {

  Bindings bindings(@Nullable Object event, View view) {
    return new Bindings(
        machine,
        variables ? view.get(Variables.class) : Variables.none(),
        event instanceof ScxmlEvent named ? named : null,
        state -> states.contains(state) && view.isIn(state));
  }

  String address() {
    return Bindings.PREFIX + machine;
  }
}
