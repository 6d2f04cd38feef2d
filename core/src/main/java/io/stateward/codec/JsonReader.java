package io.stateward.codec;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads exactly the grammar of RFC 8259, and refuses what the grammar leaves open but programs
 * disagree on: two members of one name, a byte order mark, and surrogates without their other half
 * unless they are written as escapes.
 */
final class JsonReader {

  private static final int END = -1;

  private final String text;
  private final JsonLimits limits;
  private int at;
  private int depth;

  private JsonReader(String text, JsonLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  static Tree read(byte[] json, JsonLimits limits) {
    if (json.length > limits.size()) {
      throw UnreadableJsonException.inBytes(
          json.length, limits.size(), "only %d bytes are read".formatted(limits.size()));
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(json);
    CharBuffer out = CharBuffer.allocate(json.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw UnreadableJsonException.inBytes(
          json.length, in.position(), "the bytes are not UTF-8 from here");
    }
    return new JsonReader(out.flip().toString(), limits).document();
  }

  static Tree read(String json, JsonLimits limits) {
    JsonReader reader = new JsonReader(json, limits);
    if (json.length() > limits.size()) {
      throw reader.unreadable(
          limits.size(), "only %d characters are read".formatted(limits.size()));
    }
    return reader.document();
  }

  private Tree document() {
    if (text.startsWith("\uFEFF")) {
      throw unreadable(0, "JSON does not start with a byte order mark; take it away");
    }
    skipSpace();
    Tree tree = value();
    skipSpace();
    if (at < text.length()) {
      throw unreadable(at, "the text goes on with %s after the value".formatted(found()));
    }
    return tree;
  }

  private Tree value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new TreeString(string());
      case 't' -> literal("true", TreeBoolean.TRUE);
      case 'f' -> literal("false", TreeBoolean.FALSE);
      case 'n' -> literal("null", TreeNull.NULL);
      default -> number();
    };
  }

  private Tree literal(String word, Tree tree) {
    if (!text.startsWith(word, at)) {
      throw unreadable(at, "expected a value but found %s".formatted(found()));
    }
    at += word.length();
    return tree;
  }

  private Tree object() {
    enter();
    TreeObject.Builder members = TreeObject.builder();
    if (!leaveIfNext('}')) {
      do {
        skipSpace();
        member(members);
      } while (goesOn('}'));
    }
    return members.build();
  }

  private void member(TreeObject.Builder members) {
    int start = at;
    if (peek() != '"') {
      throw unreadable(at, "expected a member's name in quotes but found %s".formatted(found()));
    }
    String name = string();
    if (members.has(name)) {
      throw unreadable(start, "the object has two members '%s'".formatted(Excerpt.of(name)));
    }
    skipSpace();
    if (peek() != ':') {
      throw unreadable(at, "expected ':' after a member's name but found %s".formatted(found()));
    }
    at++;
    skipSpace();
    members.add(name, value());
  }

  private Tree array() {
    enter();
    TreeArray.Builder elements = TreeArray.builder();
    if (!leaveIfNext(']')) {
      do {
        skipSpace();
        elements.add(value());
      } while (goesOn(']'));
    }
    return elements.build();
  }

  private void enter() {
    if (depth == limits.depth()) {
      throw unreadable(at, "only %d objects and arrays may be nested".formatted(depth));
    }
    depth++;
    at++;
    skipSpace();
  }

  private boolean leaveIfNext(char end) {
    if (peek() != end) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  /** Reads what follows a part: a comma, after which another part comes, or the end. */
  private boolean goesOn(char end) {
    skipSpace();
    if (leaveIfNext(end)) {
      return false;
    }
    if (peek() != ',') {
      throw unreadable(at, "expected ',' or '%s' but found %s".formatted(end, found()));
    }
    at++;
    return true;
  }

  private String string() {
    int start = at++;
    StringBuilder unescaped = null;
    int copied = at;
    while (true) {
      int c = peek();
      if (c == '"') {
        String rest = text.substring(copied, at++);
        return unescaped == null ? rest : unescaped.append(rest).toString();
      } else if (c == '\\') {
        unescaped = unescaped == null ? new StringBuilder() : unescaped;
        unescaped.append(text, copied, at).append(escape());
        copied = at;
      } else if (c == END) {
        throw unreadable(at, "the string that starts at offset %d has no end".formatted(start));
      } else {
        plainCharacter((char) c);
      }
    }
  }

  private void plainCharacter(char c) {
    if (c < ' ') {
      throw unreadable(at, "a string has %s only as an escape".formatted(found()));
    }
    if (Character.isSurrogate(c)) {
      if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
        throw unreadable(at, "half a surrogate pair is no character; as an escape it is read");
      }
      at++;
    }
    at++;
  }

  private char escape() {
    int start = at++;
    int c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal(start);
      default ->
          throw unreadable(
              start, "a backslash starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    };
  }

  private char hexadecimal(int start) {
    int value = 0;
    for (int i = 0; i < 4; i++, at++) {
      int c = peek();
      int digit = c == END || c > 'f' ? -1 : Character.digit(c, 16);
      if (digit < 0) {
        throw unreadable(start, "\\u is followed by four hexadecimal digits");
      }
      value = (value << 4) | digit;
    }
    return (char) value;
  }

  private Tree number() {
    int start = at;
    skipIf('-');
    int digits = at;
    digits();
    boolean leadingZero = text.charAt(digits) == '0' && at > digits + 1;
    if (skipIf('.')) {
      digits();
    }
    if (skipIf('e') || skipIf('E')) {
      if (!skipIf('+')) {
        skipIf('-');
      }
      digits();
    }
    if (leadingZero) {
      throw unreadable(digits, "a number does not start with a zero before other digits");
    }
    return number(start);
  }

  private Tree number(int start) {
    if (at - start > limits.numberLength()) {
      throw unreadable(start, "a number has only %d characters".formatted(limits.numberLength()));
    }
    try {
      BigDecimal decimal = new BigDecimal(text.substring(start, at));
      boolean negativeZero = decimal.signum() == 0 && text.charAt(start) == '-';
      return negativeZero ? TreeNumber.negativeZero() : TreeNumber.of(decimal);
    } catch (IllegalArgumentException e) { // an exponent beyond BigDecimal's, or too large for us
      throw unreadable(
          start,
          "a number has at most %d digits and is from 1E-%d to below 1E+%2$d"
              .formatted(TreeNumber.MAXIMUM_DIGITS, TreeNumber.MAXIMUM_EXPONENT));
    }
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw unreadable(at, "expected a value but found %s".formatted(found()));
    }
  }

  private boolean skipIf(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void skipSpace() {
    while (true) {
      int c = peek();
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private String found() {
    return at >= text.length()
        ? "the end of the text"
        : "'" + Excerpt.visible(text.codePointAt(at)) + "'";
  }

  private UnreadableJsonException unreadable(int offset, String problem) {
    return UnreadableJsonException.inText(text, offset, problem);
  }
}
