package io.stateward.statemachine.diagram;

/** What can be written in a line of text. */
final class Unicode {

  private static final int REPLACEMENT = 0xfffd;

  private Unicode() {}

  /** Returns a text in one line, without control characters and without halves of characters. */
  static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(point -> out.appendCodePoint(clean(point)));
    return out.toString();
  }

  private static int clean(int point) {
    boolean space =
        Character.isISOControl(point) || point == 0x2028 || point == 0x2029 || point == 0xfeff;
    if (space) {
      return ' ';
    }
    boolean none = Character.getType(point) == Character.SURROGATE || (point & 0xfffe) == 0xfffe;
    return none ? REPLACEMENT : point;
  }

  /** Whether a character is seen as itself, and does not change what is around it. */
  static boolean visible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
