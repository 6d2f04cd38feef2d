package io.stateward.scope;

import java.util.ArrayList;
import java.util.List;

/**
 * Closes one thing after the other, whatever they throw, and tells it in the end.
 *
 * <p>Thread safety: confined to the thread that closes.
 */
final class Closing {

  private final String what;
  private final List<String> problems = new ArrayList<>(0);
  private final List<Throwable> thrown = new ArrayList<>(0);

  Closing(String what) {
    this.what = what;
  }

  /**
   * Closes something.
   *
   * @param where where it belongs; its text is asked for only if there is an error
   * @param resource what to close
   */
  void close(Object where, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable t) { // foreign code; what remains is closed all the same
      if (t instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      problems.add("%s in %s threw %s".formatted(resource.getClass().getName(), where, t));
      thrown.add(t);
    }
  }

  /** Throws if anything threw. */
  void end() {
    if (!thrown.isEmpty()) {
      throw new CloseFailedException(what, problems, thrown);
    }
  }
}
