package io.stateward.optimistic;

import java.util.Objects;
import java.util.function.BiFunction;

/** A command that is given the ids that are known by now. */
record IdAwareCommand<S>(
    String name,
    BiFunction<? super S, ? super TemporaryIds, ? extends S> function,
    TemporaryIds ids)
    implements Command<S> {

  IdAwareCommand {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
  }

  @Override
  public S apply(S state) {
    return function.apply(state, ids);
  }

  @Override
  public Command<S> remapped(TemporaryIds known) {
    return new IdAwareCommand<>(name, function, known);
  }
}
