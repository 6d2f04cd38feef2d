package io.stateward.statemachine.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An element of XML.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Xml {

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Xml> children = new ArrayList<>();

  Xml(String name) {
    this.name = name;
  }

  Xml set(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  Xml add(Xml child) {
    children.add(child);
    return this;
  }

  boolean isEmpty() {
    return children.isEmpty();
  }

  void write(Lines out) {
    StringBuilder tag = new StringBuilder("<" + name);
    attributes.forEach((key, value) -> tag.append(" %s=\"%s\"".formatted(key, escape(value))));
    if (children.isEmpty()) {
      out.add(tag + "/>");
      return;
    }
    out.add(tag + ">").in();
    children.forEach(child -> child.write(out));
    out.out().add("</" + name + ">");
  }

  /** Escapes; what XML cannot hold at all becomes the replacement character. */
  private static String escape(String value) {
    StringBuilder out = new StringBuilder();
    value.codePoints().forEach(point -> escape(point, out));
    return out.toString();
  }

  private static void escape(int point, StringBuilder out) {
    switch (point) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\t', '\n', '\r' -> out.append("&#").append(point).append(';');
      default -> out.appendCodePoint(allowed(point) ? point : 0xfffd);
    }
  }

  private static boolean allowed(int point) {
    return point >= ' '
        && !(point >= 0xd800 && point <= 0xdfff)
        && point != 0xfffe
        && point != 0xffff;
  }
}
