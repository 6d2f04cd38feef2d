package io.stateward.benchmarks.scoreboard;

/**
 * How much time a run takes for itself.
 *
 * @param pairs how many interleaved pairs are measured
 * @param warmUpMillis how long each contender warms up, in milliseconds
 * @param sliceMillis how long each measures in its turn, in milliseconds
 */
record Pace(int pairs, long warmUpMillis, long sliceMillis) {

  static final Pace FULL = new Pace(7, 2_500, 400);
  static final Pace QUICK = new Pace(3, 500, 100);

  private static final int FEW = 10;

  /** The pace of a quick run: where few lines are times, each has time to warm up fully. */
  static Pace quick(int times) {
    return times > FEW ? QUICK : new Pace(QUICK.pairs, FULL.warmUpMillis, QUICK.sliceMillis);
  }
}
