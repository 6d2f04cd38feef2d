package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How Mermaid says it. */
final class MermaidDialect implements Dialect {

  // Fill and letters are both given, so that they fit each other whatever the page looks like.
  private static final String ACTIVE =
      "classDef active fill:#ffca28,stroke:#e65100,stroke-width:3px,color:#1a1a1a";
  private static final String AROUND = "classDef around stroke:#e65100,stroke-width:3px";

  private final Chart chart;
  private final Highlight highlight;
  private final Ids ids;

  MermaidDialect(Chart chart, Highlight highlight, Ids ids) {
    this.chart = chart;
    this.highlight = highlight;
    this.ids = ids;
  }

  @Override
  public void begin(Lines out, String title) {
    out.add("---").add("title: " + Json.quote(title)).add("---").add("stateDiagram-v2");
  }

  @Override
  public String declare(Node node, String id, boolean active) {
    return "state \"%s\" as %s".formatted(name(node), id);
  }

  private static String name(Node node) {
    return switch (node.kind()) {
      case SHALLOW_HISTORY -> "H";
      case DEEP_HISTORY -> "H" + MermaidEscapes.text("*");
      default -> MermaidEscapes.name(node.name());
    };
  }

  @Override
  public boolean separates() {
    return true;
  }

  /** Lines in a leaf; a note beside a box, which has room for its name only. */
  @Override
  public void inside(Lines out, Node node, String id, List<String> lines) {
    if (node.leaf()) {
      lines.forEach(line -> out.add(id + " : " + MermaidEscapes.text(line)));
    } else if (!lines.isEmpty()) {
      out.add("note right of " + id).in();
      lines.forEach(line -> out.add(MermaidEscapes.text(line)));
      out.out().add("end note");
    }
  }

  @Override
  public String arrow(String from, String to, String label, boolean taken) {
    String text = (taken ? "▶ " : "") + MermaidEscapes.text(label);
    return from + " --> " + to + (text.isEmpty() ? "" : " : " + text.strip());
  }

  @Override
  public void end(Lines out) {
    String active = all(Node::leaf);
    if (!active.isEmpty()) {
      out.add(ACTIVE).add("class " + active + " active");
    }
    String around = all(node -> !node.leaf());
    if (!around.isEmpty()) {
      out.add(AROUND).add("class " + around + " around");
    }
  }

  private String all(Predicate<Node> sort) {
    return chart.nodes().stream()
        .filter(node -> node.parent() != null || Sketch.rootActs(chart))
        .filter(node -> node.kind() != StateSpec.Kind.SHALLOW_HISTORY)
        .filter(sort.and(highlight::active))
        .map(ids::of)
        .collect(Collectors.joining(","));
  }
}
