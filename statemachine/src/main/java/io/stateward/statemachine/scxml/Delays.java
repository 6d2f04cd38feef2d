package io.stateward.statemachine.scxml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long to wait, as CSS 2 writes it: {@code 1.5s}, {@code 20ms}. */
final class Delays {

  private static final Pattern TIME = Pattern.compile("\\+?(\\d*\\.?\\d+|\\d+\\.)\\s*(ms|s|)");
  private static final int MOST_DIGITS = 15;
  private static final int LONGEST = 64; // matching takes quadratic time

  private Delays() {}

  /** In milliseconds, rounded up; a number without a unit is milliseconds. */
  static long millis(String text) {
    Matcher time = TIME.matcher(text.length() > LONGEST ? "" : text.strip());
    if (!time.matches() || time.group(1).length() > MOST_DIGITS) {
      throw Failure.execution(
          "'%s' is no delay; write it as 20ms or 1.5s.".formatted(Values.shortened(text)));
    }
    BigDecimal number = new BigDecimal(time.group(1));
    BigDecimal millis = time.group(2).equals("s") ? number.movePointRight(3) : number;
    return millis.setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
