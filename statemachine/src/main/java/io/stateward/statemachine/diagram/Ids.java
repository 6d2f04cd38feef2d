package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Names for languages that allow letters, digits and underscores only: a name as it is where that
 * can be, else the nearest one.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Ids {

  /** What Mermaid, in any of its versions, or the language below it would take for other things. */
  private static final Set<String> RESERVED =
      Set.of(
          "accdescr",
          "acctitle",
          "as",
          "class",
          "classdef",
          "click",
          "constructor",
          "default",
          "direction",
          "end",
          "hasownproperty",
          "hide",
          "href",
          "note",
          "prototype",
          "root",
          "scale",
          "state",
          "statediagram",
          "style",
          "tostring",
          "valueof");

  private final Map<Node, String> byNode = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  Ids(Chart chart) {
    chart.nodes().forEach(node -> byNode.put(node, fresh(node.name())));
  }

  /** Returns the id of a state. */
  String of(Node node) {
    return Objects.requireNonNull(byNode.get(node));
  }

  /** Returns an id that nothing has yet, near to a name. */
  String fresh(String name) {
    String near = near(name);
    String id = near;
    for (int i = 2; !used.add(id.toLowerCase(Locale.ROOT)); i++) {
      id = near + "_" + i;
    }
    return id;
  }

  private static String near(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    if (plain.isEmpty() || Character.isDigit(plain.charAt(0))) {
      plain = "s" + plain;
    }
    String lower = plain.toLowerCase(Locale.ROOT);
    // Mermaid calls the circle where Busy begins Busy_start, and the one where it ends Busy_end.
    boolean taken = RESERVED.contains(lower) || lower.endsWith("_start") || lower.endsWith("_end");
    return taken ? plain + "_" : plain;
  }
}
