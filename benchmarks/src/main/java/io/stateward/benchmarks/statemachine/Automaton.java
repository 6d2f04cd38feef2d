package io.stateward.benchmarks.statemachine;

/** One machine of one contender, to which two events are sent by turns. */
interface Automaton {

  /** Sends the first event: a coin, a step, the knob of the light, or the one of both. */
  void first();

  /** Sends the second event: a push, a crossing, the knob of the sound, or the one of both. */
  void second();

  /** Returns the names of the active leaves, in the order of the alphabet, with a blank between. */
  String where();
}
