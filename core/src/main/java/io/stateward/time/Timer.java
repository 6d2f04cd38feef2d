package io.stateward.time;

/**
 * A task that a {@link Timekeeper} will run.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Timer {

  /**
   * Prevents the task from running if it has not begun.
   *
   * @return whether this call prevented it; false when it ran, runs now, or was cancelled before
   */
  boolean cancel();
}
