package io.stateward.statemachine.internal;

import org.jspecify.annotations.Nullable;

/** What a value of the state is made of, which is what forms of definition differ in. */
@FunctionalInterface
public interface Form {

  /** The data of the root region is the state. */
  Form DATA = (position, data) -> java.util.Objects.requireNonNull(data);

  /** The key of the one active leaf is the state. */
  Form KEY = (position, data) -> position.leafKey();

  /** The names of the active leaves are the state, in the order of the document. */
  Form NAMES = (position, data) -> position.leafNames();

  /** Returns the state, given the data of the root region. */
  Object state(Position<?> position, @Nullable Object data);
}
