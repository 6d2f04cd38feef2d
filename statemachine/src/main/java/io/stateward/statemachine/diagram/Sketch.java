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
 * <p>Both languages put a state into the box in which it is named: so an arrow is written in a box
 * only if both of its ends are directly in that, and after everything else if not.
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
  private final List<String> outside = new ArrayList<>();

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
    outside.forEach(out::add);
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
      if (between && node.kind() == StateSpec.Kind.PARALLEL && dialect.separates()) {
        out.add("--");
      }
      state(child);
      between = true;
    }
    if (node.kind() == StateSpec.Kind.COMPOUND) {
      begin(node, node, new End(Dialect.CIRCLE, node));
      Stream<Node> ends = node.children().stream().filter(it -> it.kind() == StateSpec.Kind.FINAL);
      ends.forEach(it -> out.add(dialect.arrow(ids.of(it), Dialect.CIRCLE, "", false)));
      arrows(node);
    }
  }

  /** Where a box, or a history without a past, leads. */
  private void begin(Node node, @Nullable Node box, End from) {
    Arc initial = node.initial();
    // A superstate of types is entered by its leaves, unless it says where it begins.
    if (initial == null || !(node.pseudo() || node.initialGiven() || chart.strict())) {
      return;
    }
    List<Node> ends = Labels.ends(initial);
    if (from.in() == node && ends.size() == 1 && ends.get(0).parent() != node) {
      // The circle is written where it stands, and its arrow must end there.
      End junction = pseudo(node, "_begin", "choice", node);
      arrow(node, from, junction, Labels.of(initial), false);
      arrow(node, junction, end(ends.get(0)), "", false);
      return;
    }
    lead(box, from, node, ends, Labels.of(initial), false);
  }

  private void arrows(@Nullable Node box) {
    if (box != null) {
      histories(box, box);
    }
    for (List<Arc> ways : arrows.getOrDefault(box, List.of())) {
      Arc arc = ways.get(0);
      if (ways.size() == 1) {
        lead(box, end(arc.source()), arc.source(), Labels.ends(arc), Labels.of(arc), taken(ways));
      } else {
        choose(box, arc.source(), ways);
      }
    }
  }

  private boolean taken(List<Arc> ways) {
    return ways.stream().anyMatch(highlight::taken);
  }

  /** The defaults of the histories in a box, and in parallels directly inside of it. */
  private void histories(Node node, Node box) {
    node.histories().forEach(it -> begin(it, box, end(it)));
    for (Node child : node.children()) {
      if (child.kind() == StateSpec.Kind.PARALLEL) {
        histories(child, box);
      }
    }
  }

  private void choose(@Nullable Node box, Node source, List<Arc> ways) {
    End choice = pseudo(source, "_choice", "choice", box);
    arrow(box, end(source), choice, Labels.trigger(ways.get(0)), taken(ways));
    for (Arc way : ways) {
      lead(box, choice, source, Labels.ends(way), Labels.branch(way), highlight.taken(way));
    }
  }

  /** An arrow, or a fork to several. */
  private void lead(
      @Nullable Node box, End from, Node source, List<Node> ends, String label, boolean taken) {
    if (ends.size() == 1) {
      arrow(box, from, end(ends.get(0)), label, taken);
      return;
    }
    End fork = pseudo(source, "_fork", "fork", box);
    arrow(box, from, fork, label, taken);
    ends.forEach(target -> arrow(box, fork, end(target), "", false));
  }

  private End pseudo(Node source, String suffix, String sort, @Nullable Node box) {
    String id = ids.fresh(source.name() + suffix);
    out.add("state %s <<%s>>".formatted(id, sort));
    return new End(id, box);
  }

  private End end(Node node) {
    return new End(ids.of(node), node.parent());
  }

  private void arrow(@Nullable Node box, End from, End to, String label, boolean taken) {
    String line = dialect.arrow(from.id(), to.id(), label, taken);
    if (from.in() == box && to.in() == box) {
      out.add(line);
    } else {
      outside.add(line);
    }
  }

  /**
   * What an arrow leads from or to.
   *
   * @param id what it is called
   * @param in the box that it is directly in
   */
  private record End(String id, @Nullable Node in) {}
}
