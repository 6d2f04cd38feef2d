package io.stateward.benchmarks;

/**
 * A piece of work of one contender, ready to be measured again and again.
 *
 * <pre>{@code
 * try (Workload workload = StoreWorkloads.commit("stateward")) {
 *   long nanos = time(workload::run) / workload.operations();
 *   workload.verify();
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public interface Workload extends AutoCloseable {

  /** Does the work once. */
  void run();

  /**
   * Returns how many operations one run is, which is what figures are divided by.
   *
   * @return a number greater than zero, always the same
   */
  default long operations() {
    return 1;
  }

  /**
   * Checks that the runs so far did what they were to do.
   *
   * @throws IllegalStateException if they did not; the message has the values
   */
  default void verify() {}

  /** Lets go of what the work needed. */
  @Override
  default void close() {}

  /**
   * Refuses a result that is not what it has to be.
   *
   * @param what what it is
   * @param expected the value it has to be
   * @param found the value it is
   * @throws IllegalStateException if the two are not equal
   */
  static void require(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException("%s is %s and has to be %s".formatted(what, found, expected));
    }
  }
}
