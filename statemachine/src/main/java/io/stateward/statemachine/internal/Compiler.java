package io.stateward.statemachine.internal;

import io.stateward.statemachine.MachineDefinitionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Chart} of a {@link ChartSpec}.
 *
 * <p><b>Failure.</b> A chart that cannot be run is refused, with all that is wrong. What is merely
 * doubtful, such as a state that is never reached, passes.
 */
public final class Compiler {

  private final ChartSpec spec;
  private final List<String> problems = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> regions = new ArrayList<>();
  private final List<Node> histories = new ArrayList<>();
  private final List<Arc> arcs = new ArrayList<>();
  private final IdentityHashMap<StateSpec, Node> bySpec = new IdentityHashMap<>();
  private final Map<Node, StateSpec> specs = new HashMap<>();

  private Compiler(ChartSpec spec) {
    this.spec = spec;
  }

  /**
   * Compiles a chart.
   *
   * @throws MachineDefinitionException if it cannot be run
   */
  public static Chart compile(ChartSpec spec) {
    return compile(spec, true);
  }

  /** Compiles a chart; if not direct, every step takes the general way, as tests want it. */
  static Chart compile(ChartSpec spec, boolean direct) {
    return new Compiler(spec).compile(direct);
  }

  private Chart compile(boolean direct) {
    number(spec.root(), null);
    new Checks(spec, nodes, specs, bySpec, problems).check();
    refuse();
    nodes.forEach(this::connect);
    histories.forEach(history -> follow(history, new ArrayList<>()));
    refuse();
    return new Chart(
        spec,
        nodes.toArray(Node[]::new),
        arcs.toArray(Arc[]::new),
        histories.toArray(Node[]::new),
        regions.toArray(Node[]::new),
        direct);
  }

  private void refuse() {
    if (!problems.isEmpty()) {
      throw new MachineDefinitionException(spec.name(), problems);
    }
  }

  /** Follows the defaults of histories, which must come to states that are none. */
  private void follow(Node history, List<Node> way) {
    way.add(history);
    for (Node target : Chart.initial(history).targets) {
      if (way.contains(target)) {
        problems.add(
            "Without a past the histories %s lead to each other, and nowhere else.".formatted(way));
      } else if (target.pseudo()) {
        follow(target, way);
      }
    }
    way.remove(history);
  }

  /** Numbers a state and what is in it, in the order of the document. */
  private void number(StateSpec state, @Nullable Node parent) {
    if (bySpec.containsKey(state)) {
      problems.add("State %s stands at two places; make two of it.".formatted(state.name()));
      return;
    }
    boolean pseudo =
        state.kind() == StateSpec.Kind.SHALLOW_HISTORY
            || state.kind() == StateSpec.Kind.DEEP_HISTORY;
    // Each child of a parallel state is a region, whether its form says so or not.
    boolean region = parent == null || (parent.kind == StateSpec.Kind.PARALLEL && !pseudo);
    int slot = region || parent == null ? regions.size() : parent.slot;
    Node node = new Node(nodes.size(), state, parent, region, slot);
    nodes.add(node);
    bySpec.put(state, node);
    specs.put(node, state);
    if (region) {
      regions.add(node);
    }
    if (pseudo) {
      node.history = histories.size();
      histories.add(node);
    }
    state.children().forEach(child -> number(child, node));
    node.end = nodes.size();
    Stream<Node> children =
        state.children().stream().map(this::node).filter(it -> it.parent == node);
    Node[] inside = children.toArray(Node[]::new);
    node.splits =
        node.kind == StateSpec.Kind.PARALLEL || Arrays.stream(inside).anyMatch(it -> it.splits);
    node.children = Arrays.stream(inside).filter(it -> !it.pseudo()).toArray(Node[]::new);
    node.histories = Arrays.stream(inside).filter(Node::pseudo).toArray(Node[]::new);
  }

  private void connect(Node node) {
    StateSpec state = state(node);
    ArcSpec begin = state.initial();
    node.initialGiven = begin != null;
    if (begin == null && (node.kind == StateSpec.Kind.COMPOUND || node.pseudo())) {
      begin = byDefault(node);
    }
    if (begin != null) {
      node.initial = arc(-1, node, begin);
    }
    List<Arc> out = new ArrayList<>();
    for (ArcSpec arc : state.arcs()) {
      out.add(arc(arcs.size(), node, arc));
      arcs.add(out.get(out.size() - 1));
    }
    node.arcs = out.toArray(Arc[]::new);
  }

  /** A compound begins in its first child; a history leads to where its parent begins. */
  private ArcSpec byDefault(Node node) {
    ArcSpec begin = new ArcSpec(new Trigger.Initial());
    Node around = node.pseudo() && node.parent != null ? node.parent : node;
    ArcSpec given = state(around).initial();
    if (around.kind == StateSpec.Kind.PARALLEL) {
      for (Node child : around.children) {
        begin.targets().add(new ArcSpec.Target(state(child), null));
      }
    } else if (given != null) {
      begin.targets().addAll(given.targets());
    } else {
      begin.targets().add(new ArcSpec.Target(state(around.children[0]), null));
    }
    return begin;
  }

  private Arc arc(int number, Node source, ArcSpec arc) {
    Node[] targets =
        arc.targets().stream().map(target -> node(target.state())).toArray(Node[]::new);
    return new Arc(number, source, arc, targets, spec.strict());
  }

  private Node node(StateSpec state) {
    Node node = bySpec.get(state);
    if (node == null) {
      throw new IllegalStateException("State %s has no number.".formatted(state));
    }
    return node;
  }

  private StateSpec state(Node node) {
    StateSpec state = specs.get(node);
    if (state == null) {
      throw new IllegalStateException("State %s has no definition.".formatted(node));
    }
    return state;
  }
}
