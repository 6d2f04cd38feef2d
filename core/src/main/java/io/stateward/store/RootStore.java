package io.stateward.store;

import io.stateward.signal.internal.Root;
import java.util.Objects;

/** The store that holds its state itself. */
final class RootStore<S> extends Root<S> implements Store<S> {

  RootStore(S initial) {
    super("store", Objects.requireNonNull(initial, "initial"));
  }

  @Override
  protected S checked(S value) {
    if (value == null) {
      throw new NullPointerException(
          "The updater of store '%s' returned null, so nothing changed. Return the next state, or the same one to change nothing."
              .formatted(name()));
    }
    return value;
  }

  @Override
  public <T> Store<T> slice(Lens<S, T> lens) {
    return new SliceStore<>(this, this, lens);
  }

  @Override
  public Store<S> named(String name) {
    super.named(name);
    return this;
  }
}
