package io.stateward.examples;

import io.stateward.signal.Subscription;
import java.nio.file.Path;
import java.util.Map;

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
   * Returns the options of its own that the command line may have.
   *
   * @return what each of them means, by its name, which begins with two hyphens; each takes a value
   */
  default Map<String, String> options() {
    return Map.of();
  }

  /**
   * Returns this application with an option of its own.
   *
   * @param option the name; one of {@link #options()}
   * @param value what follows it
   * @return the application with that
   * @throws IllegalArgumentException if the value makes no sense; the message says what would
   */
  default Application with(String option, String value) {
    throw new IllegalArgumentException("'%s' has no option '%s'.".formatted(name(), option));
  }

  /**
   * Starts it.
   *
   * @param routes takes what it serves
   * @param data a folder of its own for what it keeps; it need not exist, and need not be writable
   * @return what ends everything that this call has started; the server has ended its streams
   *     before that
   * @throws CannotStartException if something that it needs is not to be had
   */
  Subscription start(Routes routes, Path data);
}
