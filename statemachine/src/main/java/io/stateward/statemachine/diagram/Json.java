package io.stateward.statemachine.diagram;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON of maps, lists, texts, numbers and booleans; people can read it, and so can YAML. */
final class Json {

  private Json() {}

  /** Returns a value in lines, each ended by a line feed. */
  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString();
  }

  private static void write(Object value, String line, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      members(map, line, out);
    } else if (value instanceof List<?> list) {
      elements(list, line, out);
    } else if (value instanceof String text) {
      out.append(quote(text));
    } else {
      out.append(value);
    }
  }

  private static void members(Map<?, ?> map, String line, StringBuilder out) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(line).append("  ");
      out.append(quote((String) entry.getKey())).append(": ");
      write(entry.getValue(), line + "  ", out);
      separator = ",";
    }
    out.append(line).append('}');
  }

  /** Lists of texts are short: they stay in their line. */
  private static void elements(List<?> list, String line, StringBuilder out) {
    boolean texts = list.stream().allMatch(String.class::isInstance);
    String indent = texts ? "" : line + "  ";
    out.append('[');
    for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
      out.append(indent);
      write(each.next(), line + "  ", out);
      if (each.hasNext()) {
        out.append(texts ? ", " : ",");
      }
    }
    out.append(texts ? "" : line).append(']');
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
