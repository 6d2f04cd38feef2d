package io.stateward.sync.hub;

/**
 * So much per second, with bursts of twice as much.
 *
 * <p>Thread safety: one thread at a time.
 */
final class Bucket {

  private final double perNano;
  private final double most;
  private double level;
  private long filledNanos;

  Bucket(int perSecond, long nowNanos) {
    this.perNano = perSecond / 1e9;
    this.most = 2.0 * perSecond;
    this.level = most;
    this.filledNanos = nowNanos;
  }

  /** Tells whether there is anything. */
  boolean hasAny(long nowNanos) {
    level = Math.min(most, level + (nowNanos - filledNanos) * perNano);
    filledNanos = nowNanos;
    return level > 0;
  }

  /** Takes an amount; it may become less than nothing, and then has to fill. */
  void take(long amount) {
    level -= amount;
  }

  /** Returns in how many nanoseconds there will be something again. */
  long waitNanos() {
    return level > 0 ? 0 : (long) ((1 - level) / perNano) + 1;
  }
}
