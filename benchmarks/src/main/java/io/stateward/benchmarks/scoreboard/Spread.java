package io.stateward.benchmarks.scoreboard;

import java.util.Arrays;
import java.util.Locale;

/**
 * What several interleaved pairs found: the median, and how far they are apart.
 *
 * @param least the smallest
 * @param median the middle one, or the mean of the two in the middle
 * @param most the largest
 */
record Spread(double least, double median, double most) {

  static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("A spread needs at least one value.");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** Writes the numbers with three significant digits or all those before the point. */
  String format(String unit) {
    return "%s%s [%s..%s]".formatted(number(median), unit, number(least), number(most));
  }

  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || value == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
