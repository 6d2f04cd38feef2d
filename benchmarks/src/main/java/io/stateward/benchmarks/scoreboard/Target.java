package io.stateward.benchmarks.scoreboard;

/**
 * What a figure has to be.
 *
 * @param direction which side of the bound is good
 * @param bound the bound; inclusive for {@code AT_MOST} and {@code AT_LEAST}
 * @param unit the unit of the figure, as it follows the number
 */
record Target(Direction direction, double bound, String unit) {

  /** Which side of a bound is good. */
  enum Direction {
    AT_MOST("<="),
    BELOW("<"),
    AT_LEAST(">=");

    private final String sign;

    Direction(String sign) {
      this.sign = sign;
    }
  }

  static Target atMost(double bound, String unit) {
    return new Target(Direction.AT_MOST, bound, unit);
  }

  static Target below(double bound, String unit) {
    return new Target(Direction.BELOW, bound, unit);
  }

  static Target atLeast(double bound, String unit) {
    return new Target(Direction.AT_LEAST, bound, unit);
  }

  boolean isMetBy(double figure) {
    return switch (direction) {
      case AT_MOST -> figure <= bound;
      case BELOW -> figure < bound;
      case AT_LEAST -> figure >= bound;
    };
  }

  /**
   * Whether a measured figure meets the target: only if the whole spread misses it, it does not.
   */
  boolean isMetBy(Spread spread) {
    return isMetBy(direction == Direction.AT_LEAST ? spread.most() : spread.least());
  }

  @Override
  public String toString() {
    return direction.sign + " " + Spread.number(bound) + unit;
  }
}
