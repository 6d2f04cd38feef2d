package io.stateward.statemachine.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON of maps, lists, texts, numbers and booleans; people can read it, and so can YAML. */
final class Json {

  private static final int SHORT = 72;

  private Json() {}

  /** Returns a value in lines, each ended by a line feed. */
  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString();
  }

  /** Writes it in one line where that is short, else each part in lines of its own. */
  private static void write(Object value, String line, StringBuilder out) {
    List<String> parts = new ArrayList<>();
    boolean map = value instanceof Map;
    if (value instanceof Map<?, ?> members) {
      members.forEach((key, member) -> parts.add(quote((String) key) + ": " + in(line, member)));
    } else if (value instanceof List<?> elements) {
      elements.forEach(element -> parts.add(in(line, element)));
    } else {
      out.append(value instanceof String text ? quote(text) : value);
      return;
    }
    String inline = String.join(", ", parts);
    if (inline.length() <= SHORT && inline.indexOf('\n') < 0) {
      String space = map && !parts.isEmpty() ? " " : "";
      out.append(map ? '{' : '[').append(space).append(inline).append(space);
    } else {
      String indent = line + "  ";
      out.append(map ? '{' : '[').append(indent).append(String.join("," + indent, parts));
      out.append(line);
    }
    out.append(map ? '}' : ']');
  }

  private static String in(String line, Object value) {
    StringBuilder out = new StringBuilder();
    write(value, line + "  ", out);
    return out.toString();
  }

  /** Returns a text in quotes; halves of characters and invisible ones are escaped. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '"' || point == '\\') {
        out.append('\\').append((char) point);
      } else if (point == ' ' || Unicode.visible(point)) {
        out.appendCodePoint(point);
      } else {
        for (char half : Character.toChars(point)) {
          out.append("\\u%04x".formatted((int) half));
        }
      }
    }
    return out.append('"').toString();
  }
}
