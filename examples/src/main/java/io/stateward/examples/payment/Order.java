package io.stateward.examples.payment;

/**
 * What is paid for.
 *
 * @param id unique; the service charges an id once, however often it is asked
 * @param what in words
 * @param cents the amount
 */
record Order(String id, String what, long cents) {

  /** The most that the service takes, in cents. */
  static final long LIMIT = 500_000;
}
