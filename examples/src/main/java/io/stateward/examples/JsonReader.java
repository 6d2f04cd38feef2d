package io.stateward.examples;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one flat JSON object: its members are strings, integers, {@code true} or {@code false}.
 * That is all that the pages send, so it is all that is accepted.
 */
final class JsonReader {

  private static final int LONGEST_NUMBER = 18; // digits that surely fit into a long

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** Returns the members in their order; refuses everything but one flat object. */
  static Map<String, Object> read(String text) {
    JsonReader reader = new JsonReader(text);
    Map<String, Object> members = reader.object();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.wrong("the end");
    }
    return members;
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    if (accept('}')) {
      return members;
    }
    do {
      skipSpace();
      String name = string();
      expect(':');
      if (members.putIfAbsent(name, value()) != null) {
        throw Refusal.badInput("The field '%s' comes twice.".formatted(name));
      }
    } while (accept(','));
    expect('}');
    return members;
  }

  private Object value() {
    skipSpace();
    char next = peek();
    if (next == '"') {
      return string();
    }
    if (next == '-' || isDigit(next)) {
      return number();
    }
    for (Boolean literal : new Boolean[] {true, false}) {
      if (text.startsWith(literal.toString(), at)) {
        at += literal.toString().length();
        return literal;
      }
    }
    throw wrong("a string, an integer, true or false");
  }

  private Long number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    while (isDigit(peek())) {
      at++;
    }
    boolean leadingZero = at - digits > 1 && text.charAt(digits) == '0';
    if (at == digits || at - digits > LONGEST_NUMBER || leadingZero) {
      throw wrong("an integer of at most %d digits".formatted(LONGEST_NUMBER));
    }
    return Long.parseLong(text.substring(start, at));
  }

  private String string() {
    if (peek() != '"') {
      throw wrong("a string");
    }
    at++;
    StringBuilder result = new StringBuilder();
    while (peek() != '"') {
      char c = peek();
      if (c < ' ') {
        throw wrong("the end of a string");
      }
      at++;
      result.append(c == '\\' ? escaped() : c);
    }
    at++;
    return result.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape such as \\n or \\u00e9");
    };
  }

  private char unicode() {
    String digits = text.substring(at, Math.min(at + 4, text.length()));
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw wrong("four hexadecimal digits");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpace();
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Returns the next character, or 0 at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Refusal wrong(String expected) {
    return Refusal.badInput(
        "The body is not the JSON object that is expected: at character %d there should be %s."
            .formatted(at + 1, expected));
  }
}
