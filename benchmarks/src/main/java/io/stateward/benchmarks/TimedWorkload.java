package io.stateward.benchmarks;

/**
 * A workload that knows itself which part of its work counts.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public interface TimedWorkload extends Workload {

  /**
   * Does the work for a while.
   *
   * @param millis how long, in milliseconds, about
   * @return what counts of it, in nanoseconds for each operation
   */
  double measure(long millis);
}
