package io.stateward.sync.simulation;

/** The naive model of one document: what was done to it by all, and what they were told of that. */
interface Book {

  String document();

  /** Opens the document on a client. */
  Desk open(SimulatedProcess process, Subject.Client client);

  /** The disk of a client is an older one: of what it was not told nobody knows. */
  void setBack(String client);

  /** Compares the model with what a newcomer sees in the end. */
  void check(Desk newcomer);
}
