package io.stateward.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes doubles as ECMAScript does (ECMA-262, Number::toString), which RFC 8785 asks for.
 *
 * <p>The digits are the shortest that are read back as the double and, among those, the closest to
 * it. {@code Double.toString} promises that only since JDK 19 (JDK-4511638), so it is believed only
 * when it gives at most 15 digits: no two decimals of 15 digits are read as one normal double, so
 * these digits are the only ones. Otherwise the two neighbours of the exact value are tried with
 * growing numbers of digits, by exact arithmetic. Both have to be tried: below a power of two the
 * doubles lie closer together than above it, so the closer neighbour may already be another double.
 */
final class EcmaScriptNumber {

  /** Any decimal of as many digits is read as a double that no other such decimal is read as. */
  private static final int CERTAIN_DIGITS = 15;

  /** As many digits tell every double from all others. */
  private static final int ENOUGH_DIGITS = 17;

  private static final long LARGEST_EXACT_INTEGER = 1L << 53;

  private EcmaScriptNumber() {}

  static String write(double number) {
    if (Math.abs(number) < LARGEST_EXACT_INTEGER && number == (long) number) {
      return Long.toString((long) number); // and "0" for negative zero
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    String written = layOut(digits, digits.length() - shortest.scale());
    return number < 0 ? "-" + written : written;
  }

  /** Lays out 0.digits times ten to the power of the point. */
  private static String layOut(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String fraction = count == 1 ? "" : "." + digits.substring(1);
    String sign = point > 0 ? "+" : "-";
    return digits.charAt(0) + fraction + "e" + sign + Math.abs(point - 1);
  }

  /** Returns the shortest decimal that is read as a finite double other than zero. */
  static BigDecimal shortest(double number) {
    boolean normal = Math.abs(number) >= Double.MIN_NORMAL;
    BigDecimal printed = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (normal && printed.precision() <= CERTAIN_DIGITS) {
      return printed;
    }
    BigDecimal exact = new BigDecimal(number);
    for (int digits = normal ? CERTAIN_DIGITS : 1; digits < ENOUGH_DIGITS; digits++) {
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
      boolean belowFits = below.doubleValue() == number;
      boolean aboveFits = above.doubleValue() == number;
      if (belowFits || aboveFits) {
        boolean takeBelow = belowFits && (!aboveFits || isBelowCloser(below, exact, above));
        return (takeBelow ? below : above).stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static boolean isBelowCloser(BigDecimal below, BigDecimal exact, BigDecimal above) {
    int order = exact.subtract(below).compareTo(above.subtract(exact));
    return order < 0 || (order == 0 && !below.unscaledValue().testBit(0));
  }
}
