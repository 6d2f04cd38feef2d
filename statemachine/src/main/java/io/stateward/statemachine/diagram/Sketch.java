package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a chart in a dialect, box by box.
 *
 * <p>A box is declared before an arrow leads to it, and an arrow is written in the innermost box
 * around both of its ends that is not parallel: both languages put a state into the box in which it
 * is named first, and know the regions of a parallel state only as what stands between two lines.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Sketch {

  private final Chart chart;
  private final Highlight highlight;
  private final Dialect dialect;
  private final Ids ids;
  private final Lines out = new Lines();
  private final Map<@Nullable Node, List<List<Arc>>> arrows = new HashMap<>();

  private Sketch(Chart chart, Highlight highlight, Dialect dialect, Ids ids) {
    this.chart = chart;
    this.highlight = highlight;
    this.dialect = dialect;
    this.ids = ids;
    chart.nodes().forEach(this::sort);
  }

  static String draw(Chart chart, Highlight highlight, Dialect dialect, Ids ids) {
    Sketch sketch = new Sketch(chart, highlight, dialect, ids);
    dialect.begin(sketch.out, chart.name());
    sketch.out.in();
    sketch.root();
    dialect.end(sketch.out);
    sketch.out.out();
    return sketch.out.toString();
  }

  /** Whether the root does something itself, so that it is drawn as a box. */
  static boolean rootActs(Chart chart) {
    Node root = chart.root();
    return !(root.arcs().isEmpty()
        && root.entry().isEmpty()
        && root.exit().isEmpty()
        && root.invokes().isEmpty()
        && root.timers().isEmpty());
  }

  private void root() {
    if (rootActs(chart)) {
      state(chart.root());
      out.add(dialect.arrow(Dialect.CIRCLE, ids.of(chart.root()), "", false));
      arrows(null);
    } else {
      box(chart.root());
    }
  }

  /** Finds the box of each transition that leads somewhere; the ways of a choice are one. */
  private void sort(Node node) {
    List<Arc> choice = new ArrayList<>();
    for (Arc arc : node.arcs()) {
      if (arc.targets().isEmpty() || arc.reaction() != ArcSpec.Reaction.ACT) {
        continue;
      }
      // A choice gives the very same trigger to all of its ways.
      if (!choice.isEmpty() && choice.get(0).trigger() != arc.trigger()) {
        keep(choice);
        choice = new ArrayList<>();
      }
      choice.add(arc);
    }
    if (!choice.isEmpty()) {
      keep(choice);
    }
  }

  private void keep(List<Arc> ways) {
    Node box = ways.get(0).source().parent();
    while (box != null && !(box.kind() == StateSpec.Kind.COMPOUND && around(box, ways))) {
      box = box.parent();
    }
    arrows.computeIfAbsent(box, it -> new ArrayList<>()).add(ways);
  }

  private static boolean around(Node box, List<Arc> ways) {
    return ways.stream().flatMap(way -> way.targets().stream()).allMatch(box::contains);
  }

  private void state(Node node) {
    String id = ids.of(node);
    String declared = dialect.declare(node, id, highlight.active(node));
    if (node.leaf() || node.pseudo()) {
      out.add(declared);
    } else {
      out.add(declared + " {").in();
      box(node);
      out.out().add("}");
    }
    dialect.inside(out, node, id, Labels.inside(node));
  }

  private void box(Node node) {
    node.histories().forEach(this::state);
    boolean between = false;
    for (Node child : node.children()) {
      if (between && node.kind() == StateSpec.Kind.PARALLEL) {
        out.add("--");
      }
      state(child);
      between = true;
    }
    if (node.kind() == StateSpec.Kind.COMPOUND) {
      begin(node, Dialect.CIRCLE);
      Stream<Node> ends = node.children().stream().filter(it -> it.kind() == StateSpec.Kind.FINAL);
      ends.forEach(it -> out.add(dialect.arrow(ids.of(it), Dialect.CIRCLE, "", false)));
      arrows(node);
    }
  }

  /** Where a box, or a history without a past, leads. */
  private void begin(Node node, String from) {
    Arc initial = node.initial();
    // A superstate of types is entered by its leaves, unless it says where it begins.
    if (initial != null && (node.pseudo() || node.initialGiven() || chart.strict())) {
      lead(from, node, Labels.ends(initial), Labels.of(initial), false);
    }
  }

  private void arrows(@Nullable Node box) {
    if (box != null) {
      histories(box);
    }
    for (List<Arc> ways : arrows.getOrDefault(box, List.of())) {
      if (ways.size() == 1) {
        Arc arc = ways.get(0);
        lead(
            ids.of(arc.source()),
            arc.source(),
            arc.targets(),
            Labels.of(arc),
            highlight.taken(arc));
      } else {
        choose(ways);
      }
    }
  }

  /** The defaults of the histories in a box, and in parallels directly inside of it. */
  private void histories(Node box) {
    box.histories().forEach(it -> begin(it, ids.of(it)));
    for (Node child : box.children()) {
      if (child.kind() == StateSpec.Kind.PARALLEL) {
        histories(child);
      }
    }
  }

  private void choose(List<Arc> ways) {
    Node source = ways.get(0).source();
    String choice = ids.fresh(source.name() + "_choice");
    out.add("state " + choice + " <<choice>>");
    boolean taken = ways.stream().anyMatch(highlight::taken);
    out.add(dialect.arrow(ids.of(source), choice, Labels.trigger(ways.get(0)), taken));
    for (Arc way : ways) {
      lead(choice, source, Labels.ends(way), Labels.branch(way), highlight.taken(way));
    }
  }

  /** An arrow, or a fork to several. */
  private void lead(String from, Node source, List<Node> ends, String label, boolean taken) {
    if (ends.size() == 1) {
      out.add(dialect.arrow(from, ids.of(ends.get(0)), label, taken));
      return;
    }
    String fork = ids.fresh(source.name() + "_fork");
    out.add("state " + fork + " <<fork>>");
    out.add(dialect.arrow(from, fork, label, taken));
    ends.forEach(target -> out.add(dialect.arrow(fork, ids.of(target), "", false)));
  }
}
