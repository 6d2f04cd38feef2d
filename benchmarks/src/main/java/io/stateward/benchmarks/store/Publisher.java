package io.stateward.benchmarks.store;

/** One number with one subscriber, told in order. */
interface Publisher extends AutoCloseable {

  /** Commits the number after the current one. */
  void commit();

  /** The sum of the numbers that the subscriber was told. */
  long told();

  @Override
  default void close() {}
}
