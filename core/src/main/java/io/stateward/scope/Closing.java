package io.stateward.scope;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes one thing after the other, whatever they throw, and tells it in the end.
 *
 * <p>Thread safety: confined to the thread that closes.
 */
final class Closing {

  private final Object what;
  private final List<String> problems = new ArrayList<>(0);
  private final List<Throwable> thrown = new ArrayList<>(0);

  Closing(Object what) {
    this.what = what;
  }

  /**
   * Closes something.
   *
   * @param where where it belongs; its text is asked for only if there is an error
   * @param resource what to close
   */
  void close(Object where, AutoCloseable resource) {
    Throwable problem = attempt(resource);
    if (problem != null) {
      problems.add("%s: %s threw %s".formatted(where, resource.getClass().getName(), problem));
      thrown.add(problem);
    }
  }

  /** Closes something and returns what it threw, or null. An interrupt stays with the thread. */
  static @Nullable Throwable attempt(AutoCloseable resource) {
    try {
      resource.close();
      return null;
    } catch (Throwable t) { // foreign code; whatever it is, the others are closed all the same
      if (t instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return t;
    }
  }

  /** Throws if anything threw. */
  void end() {
    if (!thrown.isEmpty()) {
      throw new CloseFailedException(what.toString(), problems, thrown);
    }
  }
}
