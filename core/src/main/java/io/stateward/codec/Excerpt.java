package io.stateward.codec;

import java.util.stream.Collectors;

/** What a message shows of a value: enough to recognise it, never all of something large. */
final class Excerpt {

  private static final int LENGTH = 60;
  private static final int MESSAGE_LENGTH = 300;

  private Excerpt() {}

  static String of(String text) {
    return of(text, LENGTH);
  }

  /** Returns the message of what somebody's function threw, which may quote all it was given. */
  static String ofMessage(Throwable thrown) {
    return of(String.valueOf(thrown.getMessage()), MESSAGE_LENGTH);
  }

  private static String of(String text, int length) {
    String start = text.length() <= length ? text : text.substring(0, length) + "…";
    return start.codePoints().mapToObj(Excerpt::visible).collect(Collectors.joining());
  }

  static String of(Tree tree) {
    return tree.fold(
        object ->
            object.members().isEmpty() ? "an empty object" : "an object with " + names(object),
        array -> "an array of " + array.elements().size(),
        text -> "the string \"" + of(text) + "\"",
        number -> "the number " + of(number.toString()),
        bool -> "the boolean " + bool,
        () -> "null");
  }

  private static String names(TreeObject object) {
    return of(object.members().keySet().stream().limit(LENGTH).collect(Collectors.joining(", ")));
  }

  /** Returns a character as it can be shown on one line. */
  static String visible(int codePoint) {
    boolean shown =
        switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
    return shown ? Character.toString(codePoint) : "U+%04X".formatted(codePoint);
  }
}
