package io.stateward.examples;

import io.stateward.signal.Subscription;
import java.nio.file.Path;

/**
 * An example that the launcher can start: a name, a sentence, and what it serves.
 *
 * <p><b>Thread safety.</b> Handlers that it adds to the routes are called by many threads.
 *
 * @since 0.1
 */
public interface Application {

  /**
   * Returns the name by which the command line asks for it, and the first folder of its addresses.
   *
   * @return lower-case letters and hyphens
   */
  String name();

  /**
   * Returns what it shows.
   *
   * @return one sentence for the list of applications
   */
  String summary();

  /**
   * Starts it.
   *
   * @param routes takes what it serves
   * @param data a folder of its own for what it keeps; it need not exist, and need not be writable
   * @return what ends everything that this call has started; the server has ended its streams
   *     before that
   */
  Subscription start(Routes routes, Path data);
}
