package io.stateward.benchmarks;

/**
 * A number that was found, and what has to be said about how.
 *
 * @param number the number
 * @param note what has to be said; empty for nothing. One line
 * @since 0.1
 */
public record Finding(double number, String note) {

  /**
   * Returns a number about which nothing has to be said.
   *
   * @param number the number
   * @return the finding
   */
  public static Finding of(double number) {
    return new Finding(number, "");
  }
}
