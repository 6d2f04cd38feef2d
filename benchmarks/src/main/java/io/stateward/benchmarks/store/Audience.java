package io.stateward.benchmarks.store;

/** A state of many entities, and subscribers, each to another one of them. */
interface Audience extends AutoCloseable {

  /** Gives the entity with this id another value, and returns when its subscriber was told. */
  void change(int id, int value);

  /** How often any subscriber was told of a change. */
  long told();

  @Override
  default void close() {}
}
