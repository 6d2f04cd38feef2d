package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Node;
import java.util.List;

/** How PlantUML says it. */
final class PlantUmlDialect implements Dialect {

  private static final String PLAIN = " .,/[]()+=-_";

  @Override
  public void begin(Lines out, String title) {
    out.add("@startuml");
    if (!title.isBlank()) {
      // A title that begins like a separator would be taken for one.
      out.add(
          "title "
              + (Character.isLetterOrDigit(title.codePointAt(0)) ? "" : "<U+200B>")
              + escape(title));
    }
    out.add("hide empty description");
  }

  @Override
  public String declare(Node node, String id, boolean active) {
    return switch (node.kind()) {
      case SHALLOW_HISTORY -> "state \"H\" as " + id + " <<history>>";
      case DEEP_HISTORY -> "state \"H*\" as " + id + " <<history*>>";
      default -> "state \"%s\" as %s%s".formatted(name(node), id, style(node, active));
    };
  }

  private static String name(Node node) {
    return node.name().isEmpty() ? " " : escape(node.name());
  }

  private static String style(Node node, boolean active) {
    String line = node.parent() != null && node.region() ? "dashed" : "bold";
    if (!active) {
      return line.equals("dashed") ? " ##[dashed]" : "";
    }
    return node.leaf()
        ? " #FFCA28;line:E65100;line." + line + ";text:1A1A1A"
        : " ##[" + line + "]E65100";
  }

  /** No arrow could end in what stands behind a line, so that regions are boxes instead. */
  @Override
  public boolean separates() {
    return false;
  }

  @Override
  public void inside(Lines out, Node node, String id, List<String> lines) {
    lines.forEach(line -> out.add(id + " : " + escape(line)));
  }

  @Override
  public String arrow(String from, String to, String label, boolean taken) {
    String shaft = taken ? " -[#E65100,bold]-> " : " --> ";
    return from + shaft + to + (label.isEmpty() ? "" : " : " + escape(label));
  }

  @Override
  public void end(Lines out) {
    out.out().add("@enduml").in();
  }

  /** What PlantUML, its preprocessor or its Creole would read becomes {@code <U+003A>}. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    int[] points = Unicode.clean(text).codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (plain(points[i], i == 0 ? ' ' : points[i - 1])) {
        out.appendCodePoint(points[i]);
      } else {
        out.append("<U+%04X>".formatted(points[i]));
      }
    }
    return out.toString();
  }

  /** Doubled signs are Creole. */
  private static boolean plain(int point, int last) {
    if (point > 0x7f || Character.isLetterOrDigit(point)) {
      return Unicode.visible(point);
    }
    return PLAIN.indexOf(point) >= 0 && point != last;
  }
}
