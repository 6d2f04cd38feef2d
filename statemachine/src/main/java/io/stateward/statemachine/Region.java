package io.stateward.statemachine;

import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.DataFunction;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What the whole of a machine and a region of a parallel state have in common: an initial state,
 * and states.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Region<S, E> {

  private final Draft draft;
  private final StateSpec state;

  Region(Draft draft, StateSpec state) {
    this.draft = draft;
    this.state = state;
  }

  void initial(Class<?> leaf, DataFunction data) {
    begin(draft, state, leaf, data);
  }

  /** Says where a compound begins. */
  static void begin(Draft draft, StateSpec compound, Class<?> leaf, DataFunction data) {
    if (compound.initial() != null) {
      throw new IllegalStateException(
          "%s has an initial state already; %s would be the second."
              .formatted(compound.name(), leaf.getName()));
    }
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    compound.initial(arc);
    StateSpec target = draft.leaf(leaf, "The initial transition of " + compound.name());
    arc.targets().add(new ArcSpec.Target(target, data));
  }

  <T extends S> void in(Class<T> type, UnaryOperator<StateDefinition<S, E, T>> definition) {
    StateSpec in = draft.state(type, "in(" + type.getSimpleName() + ")");
    Objects.requireNonNull(definition.apply(new StateDefinition<>(draft, in)), "definition");
  }
}
