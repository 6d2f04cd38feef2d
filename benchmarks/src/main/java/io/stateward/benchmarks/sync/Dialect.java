package io.stateward.benchmarks.sync;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What the clients of a server say, so that one load generator does for all. */
interface Dialect {

  /** Returns the dialect of a contender. */
  static Dialect of(String contender) {
    return contender.equals("y-websocket") ? new YjsDialect() : new StatewardDialect();
  }

  /** Returns the path and query of the socket. */
  String path();

  /** Returns the subprotocol; empty for none. */
  String subprotocol();

  /** Whether messages are text. */
  boolean isText();

  /** Takes part in the one document; returns once its content is there. */
  void join(WireClient client, int number) throws IOException;

  /** Returns the message of an edit that puts a character at the end. */
  byte[] edit(int number, int delivered);

  /** Counts the edits of others in a message, from the position to the limit. */
  int updates(ByteBuffer message);
}
