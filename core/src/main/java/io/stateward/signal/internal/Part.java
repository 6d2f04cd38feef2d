package io.stateward.signal.internal;

import io.stateward.signal.Signal;

/**
 * What a store holds as a part of what its root holds. Of a root, the part is the whole.
 *
 * @param <S> the type of the part
 */
public interface Part<S> {

  /** Returns the part of a value of the root. */
  S partOf(Object root);

  /** Returns a value of the root with the part replaced. */
  Object withPart(Object root, S part);

  /** Returns where a store is in its root. */
  @SuppressWarnings("unchecked") // a part is of the type that its store holds
  static <S> Part<S> of(Signal<S> store) {
    if (store instanceof Part<?> part) {
      return (Part<S>) part;
    }
    return new Part<>() {
      @Override
      public S partOf(Object root) {
        return (S) root;
      }

      @Override
      public Object withPart(Object root, S part) {
        return part;
      }
    };
  }
}
