package io.stateward.optimistic;

/**
 * How a mutation of a schedule is planned.
 *
 * @param sending how it is sent
 * @param resolution what is done in a conflict
 * @param keepsImage whether its last image is kept when its command throws
 * @param atOnce whether it is confirmed at once
 * @param timeoutMillis how long it waits; 0 for ever
 * @param again how often it is sent again then
 * @param dropsUnanswered whether it is dropped after that
 * @param creates whether it creates its item under a temporary name
 */
record ScheduledKind(
    Sender sending,
    Resolving resolution,
    boolean keepsImage,
    boolean atOnce,
    int timeoutMillis,
    int again,
    boolean dropsUnanswered,
    boolean creates) {

  /** How a mutation is sent. */
  enum Sender {
    OUTSIDE,
    ANSWERED,
    ACKNOWLEDGED
  }

  /** What is done in a conflict. */
  enum Resolving {
    SERVER,
    MINE,
    MERGE,
    ASK
  }

  boolean calls() {
    return sending != Sender.OUTSIDE;
  }

  boolean adopts() {
    return sending != Sender.ACKNOWLEDGED;
  }
}
