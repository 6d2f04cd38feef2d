package io.stateward.benchmarks.statemachine;

/**
 * What guards ask, and what actions count: the same for all contenders.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public final class Gate {

  /** Whether guards allow. */
  boolean open = true;

  /** How many actions of transitions were done. */
  long passed;

  /** How many actions of states were done, on entry. */
  long entered;

  /** How many actions of states were done, on exit. */
  long left;

  /** Creates an open one. */
  public Gate() {}
}
