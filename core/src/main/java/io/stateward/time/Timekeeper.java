package io.stateward.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A wall clock, a monotonic clock and a scheduler behind one interface.
 *
 * <pre>{@code
 * Timer timer = timekeeper.schedule(Duration.ofSeconds(5), this::giveUp);
 * if (answered) {
 *   timer.cancel();
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Implementations are safe for any number of threads.
 *
 * <p><b>Ordering.</b> Tasks run one at a time, by due time; tasks due at the same time run in the
 * order in which they were scheduled.
 *
 * <p><b>Failure.</b> A task that throws is reported and harms no other task.
 *
 * @since 0.1
 */
public interface Timekeeper {

  /**
   * Returns the timekeeper of the process: real time, and one daemon thread named {@code
   * stateward-timer} that exists only while something is scheduled.
   *
   * @return the shared timekeeper
   */
  static Timekeeper system() {
    return SystemTimekeeper.shared();
  }

  /**
   * Returns the wall-clock time. It may jump; use it for what people read, never for waiting.
   *
   * @return the current instant
   */
  Instant now();

  /**
   * Returns the monotonic time in nanoseconds since an arbitrary origin. Only differences mean
   * anything.
   *
   * @return nanoseconds that never go backwards
   */
  long nanoTime();

  /**
   * Runs a task once, after a delay.
   *
   * @param delay how long to wait; zero or less runs it as soon as possible, never inside this call
   * @param task what to run on the timekeeper's thread; keep it short, hand real work to an
   *     executor
   * @return a handle that cancels it
   */
  Timer schedule(Duration delay, Runnable task);
}
