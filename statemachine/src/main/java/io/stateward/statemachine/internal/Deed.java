package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import org.jspecify.annotations.Nullable;

/**
 * An action that is done once a direct step is committed.
 *
 * @param state the name of the state that it belongs to
 * @param name what it is called
 * @param body does it
 * @param slot where the data is that it gets
 * @param before whether it gets the data as it was before the move
 */
record Deed(String state, String name, Effect.Body body, int slot, boolean before) {

  static Deed of(Node node, Action.Run run, boolean before) {
    return new Deed(node.name, run.name(), run.body(), node.slot, before);
  }

  Effect effect(@Nullable Object data, @Nullable Object event) {
    return new Effect.Run(state, name, data, event, body);
  }
}
