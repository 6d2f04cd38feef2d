package io.stateward.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * An example that the launcher can start: a name, a sentence, and what it serves.
 *
 * <p><b>Thread safety.</b> It is started by one thread.
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
   * @param port the port on 127.0.0.1; 0 for any that is free
   * @param data a folder of its own for what it keeps; it need not exist, and need not be writable
   * @return what runs, to be closed
   * @throws IOException if the port cannot be had
   * @throws CannotStartException if something else that it needs is not to be had
   */
  Running serve(int port, Path data) throws IOException;

  /** An application that runs. */
  interface Running extends AutoCloseable {

    /**
     * Returns where to find it.
     *
     * @return a line for the terminal, such as the address of its page
     */
    String place();

    /**
     * Returns when it has nothing more to do; most have that only when the process ends.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    default void await() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    /** Ends everything that was started. */
    @Override
    void close();
  }
}
