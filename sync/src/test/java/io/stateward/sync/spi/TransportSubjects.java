package io.stateward.sync.spi;

import java.time.Duration;
import java.util.function.BiFunction;

/** What the rules of a transport are checked on. */
interface TransportSubjects {

  Line open(BiFunction<Connection, Peer, ConnectionListener> acceptor) throws Exception;

  Duration patience();

  /** Returns a client and a server that are connected. */
  default Meeting meet() throws Exception {
    return Meeting.on(this);
  }
}
