package io.stateward.sync.simulation;

/** Ends a process in the middle of a call. Whoever catches it is dead all the same. */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed", null, false, false);
  }
}
