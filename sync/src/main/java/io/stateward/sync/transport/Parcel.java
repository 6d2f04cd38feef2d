package io.stateward.sync.transport;

/**
 * Something on its way to one end of a connection.
 *
 * @param kind what it is
 * @param text the frame, or the reason of the end
 * @param code the code of the end, 0 for anything else
 * @param dueNanos when it arrives, by the network's monotonic clock
 */
record Parcel(Kind kind, String text, int code, long dueNanos) {

  /** What is on its way. */
  enum Kind {
    /** To the server: somebody wants to connect. */
    KNOCK,
    /** To the client: the connection is there. */
    OPENED,
    FRAME,
    /** Nothing comes after it. */
    ENDED
  }

  Parcel due(long nanos) {
    return new Parcel(kind, text, code, nanos);
  }
}
