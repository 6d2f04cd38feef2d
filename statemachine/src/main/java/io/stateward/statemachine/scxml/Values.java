package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeNumber;
import io.stateward.codec.TreeObject;
import io.stateward.codec.TreeString;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** How ECMAScript takes one sort of value for another; null is {@code undefined}. */
final class Values {

  /** Digits are read in quadratic time; the longest double has fewer than 330. */
  private static final int LONGEST_NUMBER = 400;

  /** So that doubling a text in a loop ends in an error before the memory does. */
  private static final int LONGEST_TEXT = 1 << 20;

  /** As for texts: what a value may weigh, where a place is one and eight characters are one. */
  private static final int HEAVIEST = 1 << 18;

  private Values() {}

  static TreeNumber number(String source, Lexer.Token token) {
    try {
      if (token.text().length() > LONGEST_NUMBER) {
        throw new IllegalArgumentException("too long");
      }
      return Tree.of(new BigDecimal(token.text()));
    } catch (IllegalArgumentException e) { // malformed, or beyond every double
      throw Parser.wrong(source, token.position(), "'%s' is no number".formatted(token.text()));
    }
  }

  static Tree number(double value) {
    if (!Double.isFinite(value)) {
      throw new ExpressionException("The result is no finite number, but %s.".formatted(value));
    }
    long whole = (long) value;
    return whole == value && Math.abs(whole) < 1L << 53 ? Tree.of(whole) : Tree.of(value);
  }

  static Tree text(String value) {
    if (value.length() > LONGEST_TEXT) {
      throw new ExpressionException(
          "The result is a string of %,d characters, and at most %,d are possible."
              .formatted(value.length(), LONGEST_TEXT));
    }
    return Tree.of(value);
  }

  /** Refuses what is too much; parts that are shared weigh as if they were not. */
  static <T extends Tree> T limited(T value) {
    if (weigh(value, 0) > HEAVIEST) {
      throw new ExpressionException(
          "The result is a value of more than %,d parts, which is too much.".formatted(HEAVIEST));
    }
    return value;
  }

  private static int weigh(Tree value, int before) {
    int weight = before + 1;
    if (value instanceof TreeString text) {
      return weight + text.text().length() / 8;
    }
    Collection<Tree> parts =
        value instanceof TreeArray array
            ? array.elements()
            : value instanceof TreeObject object ? object.members().values() : List.of();
    for (Tree part : parts) {
      if (weight > HEAVIEST) {
        return weight; // the rest does not matter, and may take for ever
      }
      weight = weigh(part, weight);
    }
    return weight;
  }

  static boolean isTrue(@Nullable Tree value) {
    return value != null
        && value.fold(
            object -> true,
            array -> true,
            text -> !text.isEmpty(),
            number -> number.toDecimal().signum() != 0,
            bool -> bool,
            () -> false);
  }

  static double toNumber(@Nullable Tree value) {
    return value == null
        ? Double.NaN
        : value.fold(
            object -> Double.NaN,
            array -> toNumber(Tree.of(toText(array))),
            Values::parsed,
            number -> number.toDecimal().doubleValue(),
            bool -> bool ? 1.0 : 0.0,
            () -> 0.0);
  }

  private static double parsed(String text) {
    if (text.isBlank()) {
      return 0;
    }
    try {
      return text.length() > LONGEST_NUMBER
          ? Double.NaN
          : new BigDecimal(text.strip()).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  static String toText(@Nullable Tree value) {
    return value == null
        ? "undefined"
        : value.fold(
            object -> "[object Object]",
            array -> joined(array, ","),
            text -> text,
            number -> Tree.of(number.toDecimal().doubleValue()).canonical(),
            bool -> bool.toString(),
            () -> "null");
  }

  static String joined(TreeArray array, String between) {
    StringJoiner text = new StringJoiner(between);
    for (Tree element : array.elements()) {
      text.add(element.isNull() ? "" : toText(element));
      if (text.length() > LONGEST_TEXT) {
        throw new ExpressionException(
            "The result is a string of more than %,d characters.".formatted(LONGEST_TEXT));
      }
    }
    return text.toString();
  }

  static String typeOf(@Nullable Tree value) {
    return value == null
        ? "undefined"
        : value.fold(
            object -> "object",
            array -> "object",
            text -> "string",
            number -> "number",
            bool -> "boolean",
            () -> "object");
  }

  static boolean isText(@Nullable Tree value) {
    return typeOf(value).equals("string");
  }

  static boolean isStructure(@Nullable Tree value) {
    return value instanceof TreeObject || value instanceof TreeArray;
  }

  /** Compares without conversion. */
  static boolean same(@Nullable Tree left, @Nullable Tree right) {
    return left == null ? right == null : left.equals(right);
  }

  /** Compares with conversion. */
  static boolean alike(@Nullable Tree left, @Nullable Tree right) {
    boolean leftMissing = left == null || left.isNull();
    boolean rightMissing = right == null || right.isNull();
    if (leftMissing || rightMissing) {
      return leftMissing && rightMissing;
    }
    if (typeOf(left).equals(typeOf(right))) {
      return same(left, right);
    }
    if (isStructure(left) || isStructure(right)) {
      return (isText(left) || isText(right)) && toText(left).equals(toText(right));
    }
    return toNumber(left) == toNumber(right);
  }

  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
