package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Names for documents of XML: as they are where that can be, else the nearest ones.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class XmlIds {

  private final Map<Node, String> byNode = new HashMap<>();
  // Timers and works are compared by identity.
  private final Map<Object, String> parts = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  XmlIds(Chart chart) {
    chart.nodes().stream().skip(1).forEach(node -> byNode.put(node, fresh(token(node.name()))));
    byNode.put(chart.root(), fresh(token(chart.name())));
  }

  String of(Node node) {
    return Objects.requireNonNull(byNode.get(node));
  }

  /** Returns the id of something that a state has: a timer, or work. */
  String part(Node node, Object what, String name) {
    return parts.computeIfAbsent(what, it -> fresh(of(node) + "." + token(name)));
  }

  String fresh(String near) {
    String id = near;
    for (int i = 2; !used.add(id); i++) {
      id = near + "_" + i;
    }
    return id;
  }

  /**
   * Returns a name of letters, digits, underscores, points and hyphens that begins with a letter.
   */
  String token(String name) {
    String plain = points(name.replaceAll("[^A-Za-z0-9_.-]", "_"));
    return plain.matches("[A-Za-z_].*") ? plain : "_" + plain;
  }

  /** Returns the descriptor of an event: tokens, with points between them; or {@code *}. */
  String event(String name) {
    if (name.equals(Events.ANY)) {
      return name;
    }
    String tail = name.endsWith(".*") ? ".*" : "";
    String head = name.substring(0, name.length() - tail.length());
    String tokens = points(head.replaceAll("[^A-Za-z0-9_.-]", "_"));
    return (tokens.isEmpty() ? "_" : tokens) + tail;
  }

  /** Points stand between something. */
  private static String points(String text) {
    return text.replaceAll("^\\.|\\.$|\\.(?=\\.)", "_");
  }
}
