package io.stateward.statemachine.diagram;

import java.util.Locale;

/**
 * Texts that Mermaid shows as they are: whatever it, Markdown or HTML would read as something else
 * becomes an entity such as {@code #58;}.
 */
final class MermaidEscapes {

  private static final String PLAIN = " .,/[]()+=?-_";

  private MermaidEscapes() {}

  /** Returns a label, in which brackets around a guard stay legible. */
  static String text(String text) {
    return escape(text);
  }

  /** Returns a name, which may hold nothing that looks like the mark of a fork. */
  static String name(String name) {
    return escape(name.isEmpty() ? " " : name).replace("[", "#91;").replace("]", "#93;");
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    int[] points = Unicode.clean(text).codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (plain(points, i, out)) {
        out.appendCodePoint(points[i]);
      } else {
        out.append('#').append(points[i]).append(';');
      }
    }
    return out.toString();
  }

  private static boolean plain(int[] points, int i, CharSequence before) {
    int point = points[i];
    if (point > 0x7f || Character.isLetterOrDigit(point)) {
      return Unicode.visible(point);
    }
    if (PLAIN.indexOf(point) < 0) {
      return false;
    }
    int last = i == 0 ? ' ' : points[i - 1];
    int next = i + 1 == points.length ? ' ' : points[i + 1];
    return switch (point) {
      case '_' -> Character.isLetterOrDigit(last) && Character.isLetterOrDigit(next); // no emphasis
      case '-', '+', '=' -> i > 0 && last != point; // no list, no rule
      case '.', ')' -> i == 0 || !before.chars().allMatch(Character::isDigit); // no list
      case '(' -> last != ']'; // no link
      case ' ' -> i > 0 && next != ' ' && !keyword(before);
      default -> true;
    };
  }

  /** Whether what follows after a space could make a statement of the line. */
  private static boolean keyword(CharSequence before) {
    String text = before.toString().toLowerCase(Locale.ROOT);
    return text.endsWith("direction") || text.equals("end");
  }
}
