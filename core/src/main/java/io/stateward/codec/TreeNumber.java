package io.stateward.codec;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@link Tree} that is a number: an exact decimal.
 *
 * <pre>{@code
 * Tree.parse("12345678901234567890.10").toJson();      // 12345678901234567890.10
 * Tree.of(0.1).asNumber().toDecimal();                 // 0.1, not 0.1000000000000000055…
 * Tree.parse("1.0").equals(Tree.of(1));                // true
 * }</pre>
 *
 * <p>Kept of what is read: the exact value, the number of decimals ({@code 1.50} stays {@code
 * 1.50}) and the sign of zero. Not kept: how an exponent is written. Two numbers are equal if their
 * values are.
 *
 * <p>A number has at most {@value #MAXIMUM_DIGITS} significant digits, and its magnitude is from
 * 10<sup>-{@value #MAXIMUM_EXPONENT}</sup> inclusive to 10<sup>{@value #MAXIMUM_EXPONENT}</sup>
 * exclusive, or it is zero: a short text must not unfold into a number that fills the memory.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class TreeNumber implements Tree {

  /** How many significant digits a number may have. */
  public static final int MAXIMUM_DIGITS = 1000;

  /** The exponent of ten that a number stays below. */
  public static final int MAXIMUM_EXPONENT = 9999;

  private static final TreeNumber NEGATIVE_ZERO = new TreeNumber(new BigDecimal("0.0"), true);

  private final BigDecimal decimal;
  private final boolean negativeZero;

  private TreeNumber(BigDecimal decimal, boolean negativeZero) {
    this.decimal = decimal;
    this.negativeZero = negativeZero;
  }

  static TreeNumber of(BigDecimal number) {
    if (number.signum() == 0) {
      boolean plain = number.scale() >= 0 && number.scale() <= MAXIMUM_DIGITS;
      return new TreeNumber(plain ? number : BigDecimal.ZERO, false);
    }
    long exponent = (long) number.precision() - number.scale() - 1;
    if (number.precision() > MAXIMUM_DIGITS
        || exponent < -MAXIMUM_EXPONENT
        || exponent >= MAXIMUM_EXPONENT) {
      throw new IllegalArgumentException(
          "A number has at most %d digits and is from 1E-%d to below 1E+%2$d; this one has %d digits and is about 1E%+d. Keep it as a string."
              .formatted(MAXIMUM_DIGITS, MAXIMUM_EXPONENT, number.precision(), exponent));
    }
    return new TreeNumber(number, false);
  }

  static TreeNumber of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "JSON has no number for %s; keep it as a string or as null.".formatted(number));
    }
    if (number == 0) {
      return 1 / number < 0 ? NEGATIVE_ZERO : of(BigDecimal.ZERO);
    }
    return of(EcmaScriptNumber.shortest(number));
  }

  static TreeNumber negativeZero() {
    return NEGATIVE_ZERO;
  }

  /**
   * Returns the exact value.
   *
   * @return the number with its decimals; zero for negative zero
   */
  public BigDecimal toDecimal() {
    return decimal;
  }

  /**
   * Tells whether this number has no fraction: 1, 1.0 and 1e3 have none.
   *
   * @return whether it is an integer
   */
  public boolean isInteger() {
    return decimal.scale() <= 0 || decimal.stripTrailingZeros().scale() <= 0;
  }

  int toInt() {
    long number = toLong();
    if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
      throw TreeShapeException.isNo("an int", this);
    }
    return (int) number;
  }

  long toLong() {
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException e) {
      throw TreeShapeException.isNo("a long", this);
    }
  }

  double toDouble() {
    double nearest = negativeZero ? -0.0 : decimal.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw TreeShapeException.isNo("a double", this);
    }
    return nearest;
  }

  @Override
  public <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing) {
    return number.apply(this);
  }

  @Override
  public TreeNumber asNumber() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof TreeNumber that && decimal.compareTo(that.decimal) == 0);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(decimal.stripTrailingZeros());
  }

  @Override
  public String toString() {
    return negativeZero ? "-0.0" : decimal.toString();
  }
}
