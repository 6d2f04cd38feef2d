package io.stateward.benchmarks.cache;

/** Decides which messages of an instance get lost. */
@FunctionalInterface
interface Wire {

  /** Loses none. */
  Wire WHOLE = () -> false;

  /** Whether the next message is lost. */
  boolean loses();
}
