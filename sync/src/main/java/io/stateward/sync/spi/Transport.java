package io.stateward.sync.spi;

import java.util.concurrent.CompletionStage;

/**
 * A way for a client to reach its hub.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Transport {

  /**
   * Opens a connection. No frame is handed to the listener before the returned stage has completed
   * and what depends on it by then has run.
   *
   * @param listener told what comes, and of the end
   * @return the connection; fails if there is none to be had, and then the listener is told nothing
   */
  CompletionStage<Connection> connect(ConnectionListener listener);
}
