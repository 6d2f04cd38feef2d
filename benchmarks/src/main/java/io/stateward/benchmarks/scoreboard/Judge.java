package io.stateward.benchmarks.scoreboard;

/** Holds the contests of a group, one after the other. */
@FunctionalInterface
interface Judge extends AutoCloseable {

  /** Holds a contest and gives the verdict. */
  Line judge(Contest contest);

  @Override
  default void close() {}
}
