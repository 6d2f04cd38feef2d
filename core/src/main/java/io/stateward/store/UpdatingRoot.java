package io.stateward.store;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The store whose actions are plain updates, so that middleware has something to be around. */
final class UpdatingRoot<S> extends ReducingRoot<S, UnaryOperator<S>> {

  UpdatingRoot(S initial) {
    super(initial, (state, updater) -> updater.apply(state));
  }

  @Override
  public S update(UnaryOperator<S> updater) {
    return accepted(dispatch(updater));
  }

  @Override
  NullPointerException returnedNull(@Nullable UnaryOperator<S> updater) {
    return super.returnedNull(null);
  }
}
