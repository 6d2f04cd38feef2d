package io.stateward.merge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a message shows of a value: enough to recognise it, never all of something large. */
final class Shown {

  private static final int LENGTH = 200;

  private Shown() {}

  static String of(@Nullable Object value) {
    String text;
    try {
      String wrapped = Arrays.deepToString(new @Nullable Object[] {value}); // arrays as their parts
      text = wrapped.substring(1, wrapped.length() - 1);
    } catch (RuntimeException e) { // the message is about another failure
      text = "a value whose toString threw " + e.getClass().getName();
    }
    return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
  }
}
