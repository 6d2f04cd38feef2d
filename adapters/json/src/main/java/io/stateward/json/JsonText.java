package io.stateward.json;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.codec.JsonLimits;
import io.stateward.json.spi.JsonProblem;

/**
 * A walk over a JSON text that checks its limits, the same for every library and in both
 * directions. It looks at strings, numbers and brackets, and leaves the grammar to the parser.
 */
final class JsonText {

  private final String text;
  private final JsonLimits limits;
  private final int stringLength;
  private int position;

  private JsonText(String text, JsonLimits limits, int stringLength) {
    this.text = text;
    this.limits = limits;
    this.stringLength = stringLength;
  }

  /** Returns the text that bytes are, within the limits. */
  static String decoded(byte[] bytes, JsonLimits limits, int stringLength) {
    checkSize(bytes.length, limits);
    try {
      return checked(Codec.text().decode(bytes), limits, stringLength);
    } catch (CodecException e) {
      throw JsonProblem.notUtf8(bytes.length);
    }
  }

  /** Returns the bytes that a text is, within the limits. */
  static byte[] encoded(String text, JsonLimits limits, int stringLength) {
    byte[] bytes = Codec.text().encode(withPairedSurrogates(checked(text, limits, stringLength)));
    checkSize(bytes.length, limits);
    return bytes;
  }

  /** Returns the text if it is within the limits. */
  static String checked(String text, JsonLimits limits, int stringLength) {
    checkSize(text.length(), limits); // in UTF-8 a character is a byte or more
    if (text.isBlank()) {
      throw JsonProblem.truncated();
    }
    new JsonText(text, limits, stringLength).check();
    return text;
  }

  private static void checkSize(int size, JsonLimits limits) {
    if (size > limits.size()) {
      throw JsonProblem.beyond("the text is longer than " + limits.size(), "size", limits.size());
    }
  }

  private void check() {
    int depth = 0;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '"') {
        string();
      } else if (c == '-' || (c >= '0' && c <= '9')) {
        number();
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (depth > limits.depth()) {
          throw JsonProblem.beyond("nesting is deeper than " + limits.depth(), "depth", position);
        }
        position++;
      }
    }
  }

  private void string() {
    int start = position++;
    int length = 0;
    while (position < text.length() && text.charAt(position) != '"') {
      boolean escape = text.charAt(position) == '\\';
      position += !escape ? 1 : text.startsWith("u", position + 1) ? 6 : 2;
      length++;
    }
    if (text.startsWith(":", ++position)) {
      checkKey(start);
    }
    if (length > stringLength) {
      throw JsonProblem.beyond("a string is longer than " + stringLength, "stringLength", start);
    }
  }

  /** Parsers read half a surrogate pair in a value, but not in a key. */
  private void checkKey(int start) {
    for (int i = start; i < position; i++) {
      if (Character.isSurrogate(text.charAt(i)) && !isPair(text, i++)) {
        throw JsonProblem.brokenKey(start);
      }
    }
  }

  private static boolean isPair(String text, int index) {
    return Character.isSupplementaryCodePoint(text.codePointAt(index));
  }

  private void number() {
    int start = position;
    while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (position - start > limits.numberLength()) {
      throw JsonProblem.beyond(
          "a number is longer than " + limits.numberLength(), "numberLength", start);
    }
  }

  /**
   * Returns the text with surrogates that lack their other half as escapes, which JSON has and
   * UTF-8 has not: a name that was cut in the middle of a character must not keep a state from
   * being saved.
   */
  static String withPairedSurrogates(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (isPair(text, i)) {
        i++;
      } else {
        escaped = escaped == null ? new StringBuilder(text) : escaped;
        int shift = escaped.length() - text.length();
        escaped.replace(i + shift, i + shift + 1, "\\u%04x".formatted((int) c));
      }
    }
    return escaped == null ? text : escaped.toString();
  }
}
