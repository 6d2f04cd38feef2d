package io.stateward.benchmarks.cache;

import java.util.Arrays;
import java.util.Random;

/** Numbers of which the n-th is drawn in proportion to 1/n^s. */
final class Zipf {

  private static final long SEED = 20_261_122;

  private Zipf() {}

  /**
   * Draws.
   *
   * @param numbers how many numbers there are, from 0 on
   * @param exponent how uneven they are: 0 is even
   * @param draws how many to draw
   * @return always the same draws; which numbers are the frequent ones is spread over all
   */
  static int[] draw(int numbers, double exponent, int draws) {
    double[] upTo = new double[numbers];
    double sum = 0;
    for (int i = 0; i < numbers; i++) {
      sum += 1 / Math.pow(i + 1, exponent);
      upTo[i] = sum;
    }
    Random random = new Random(SEED);
    int[] spread = spread(numbers, random);
    int[] drawn = new int[draws];
    for (int i = 0; i < draws; i++) {
      int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      drawn[i] = spread[Math.min(numbers - 1, found < 0 ? -found - 1 : found)];
    }
    return drawn;
  }

  private static int[] spread(int numbers, Random random) {
    int[] spread = new int[numbers];
    for (int i = 0; i < numbers; i++) {
      int other = random.nextInt(i + 1);
      spread[i] = spread[other];
      spread[other] = i;
    }
    return spread;
  }
}
