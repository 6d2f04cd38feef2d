package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

  /** What Mermaid or PlantUML, or the language below them, would take for something else. */
  private static final Set<String> RESERVED =
      Set.copyOf(
          List.of(
              """
              accdescr acctitle allow_mixing as caption center choice class classdef click
              constructor default direction divider else end endif endlegend endnote entrypoint
              exitpoint floating footer fork frame hasownproperty header hide history href if
              isprototypeof join left legend mainframe newpage note of pragma propertyisenumerable
              prototype rectangle remove restore right root rotate scale set show skinparam sprite
              start startuml state statediagram style stylesheet title tolocalestring together top
              tostring valueof\
              """
                  .split("\\s+")));

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
