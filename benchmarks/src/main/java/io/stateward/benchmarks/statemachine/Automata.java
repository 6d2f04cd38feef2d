package io.stateward.benchmarks.statemachine;

/**
 * The machines of one contender. What a contender has no way to say, it refuses.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
interface Automata {

  /** The event for both regions of a radio goes to all that can send one event to two regions. */
  enum Knobs {
    /** The light, then the sound. */
    BY_TURNS,
    /** Twice both. */
    TOGETHER
  }

  /**
   * A turnstile: a coin unlocks it and a push locks it, if the gate is open; each counts as passed.
   */
  Automaton turnstile(Gate gate);

  /**
   * Two towers of three levels: a step leads from the desk to the door of a hall, a crossing to the
   * desk in the other tower, from wherever one is. All states count their entries and exits.
   */
  default Automaton towers(Gate gate) {
    throw new UnsupportedOperationException("It has no states in states.");
  }

  /** A radio with two regions; each change of one counts as passed. */
  default Automaton radio(Gate gate, Knobs knobs) {
    throw new UnsupportedOperationException("It has no regions.");
  }

  /** Makes a turnstile that is ready for its first event, sharing what can be shared. */
  Object make(Gate gate);

  /** Returns the state of what was made. */
  String where(Object made);
}
