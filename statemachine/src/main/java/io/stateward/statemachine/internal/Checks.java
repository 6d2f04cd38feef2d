package io.stateward.statemachine.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what makes a chart impossible to run, all of it and not the first problem only. */
final class Checks {

  private final ChartSpec spec;
  private final List<Node> nodes;
  private final Map<Node, StateSpec> specs;
  private final IdentityHashMap<StateSpec, Node> bySpec;
  private final List<String> problems;
  private final Set<Node> begun = new HashSet<>();

  Checks(
      ChartSpec spec,
      List<Node> nodes,
      Map<Node, StateSpec> specs,
      IdentityHashMap<StateSpec, Node> bySpec,
      List<String> problems) {
    this.spec = spec;
    this.nodes = nodes;
    this.specs = specs;
    this.bySpec = bySpec;
    this.problems = problems;
  }

  void check() {
    nodes.forEach(this::findBegun);
    if (spec.root().kind() != StateSpec.Kind.COMPOUND) {
      problem("The root is %s; it must be a compound.".formatted(spec.root().kind()));
    }
    if (spec.budget() < 1) {
      problem("The budget of microsteps is %s; it must be at least 1.".formatted(spec.budget()));
    }
    unique("two contexts of type", "the machine", spec.contexts(), it -> it.type().getName());
    Map<String, Integer> names = new HashMap<>();
    for (Node node : nodes) {
      if (names.merge(node.name, 1, Integer::sum) == 2) {
        problem(
            "Two states are called %s; names are unique in a chart, and that of the machine is one."
                .formatted(node.name));
      }
      StateSpec state = specs.get(node);
      if (state != null) {
        new Shape(node, state).check();
      }
    }
  }

  /** Collects the states that are entered without saying which of those in them. */
  private void findBegun(Node node) {
    if (node.region) {
      begun.add(node);
    }
    if (node.kind == StateSpec.Kind.SHALLOW_HISTORY && node.parent != null) {
      begun.addAll(List.of(node.parent.children));
    }
    StateSpec state = specs.get(node);
    if (node.pseudo() && node.parent != null && state != null && state.initial() == null) {
      begun.add(node.parent);
    }
    if (state != null) {
      state.arcs().forEach(this::findBegun);
      if (state.initial() != null) {
        findBegun(state.initial());
      }
    }
  }

  private void findBegun(ArcSpec arc) {
    for (ArcSpec.Target target : arc.targets()) {
      Node to = bySpec.get(target.state());
      if (to != null) {
        begun.add(to);
      }
    }
  }

  private void problem(String text) {
    problems.add(text);
  }

  private <T> void unique(String what, String where, List<T> all, Function<T, String> name) {
    Set<String> seen = new HashSet<>();
    for (T each : all) {
      if (!seen.add(name.apply(each))) {
        problem(
            "There are %s %s in %s; each must be another one."
                .formatted(what, name.apply(each), where));
      }
    }
  }

  /** The checks of one state. */
  private final class Shape {

    private final Node node;
    private final StateSpec state;

    Shape(Node node, StateSpec state) {
      this.node = node;
      this.state = state;
    }

    void check() {
      if (node.pseudo()) {
        pseudo();
      } else if (node.leaf()) {
        leaf();
      } else {
        composite();
      }
      if (state.region() && !node.region) {
        problem("State %s is a region, but what it is in is not parallel.".formatted(node.name));
      }
      unique("two timers called", "state " + node.name, state.timers(), TimerSpec::name);
      unique("two invocations called", "state " + node.name, state.invokes(), InvokeSpec::name);
      for (ArcSpec arc : state.arcs()) {
        transition(arc);
      }
    }

    private void leaf() {
      if (!state.children().isEmpty()) {
        problem("State %s is %s, but states are inside of it.".formatted(node.name, node.kind));
      }
      if (state.initial() != null) {
        problem("State %s is %s and cannot have an initial state.".formatted(node.name, node.kind));
      }
      if (node.kind != StateSpec.Kind.FINAL) {
        return;
      }
      if (!state.arcs().isEmpty()) {
        problem("State %s is final, but a transition leads out of it.".formatted(node.name));
      }
      if (!state.timers().isEmpty() || !state.invokes().isEmpty()) {
        problem("State %s is final and cannot wait for timers or work.".formatted(node.name));
      }
      if (node.parent != null && node.parent.kind == StateSpec.Kind.PARALLEL) {
        problem(
            "State %s is final and cannot be a region of %s.".formatted(node.name, node.parent));
      }
    }

    private void composite() {
      if (node.children.length == 0) {
        problem("State %s is %s, but no state is inside of it.".formatted(node.name, node.kind));
      }
      ArcSpec begin = state.initial();
      if (node.kind == StateSpec.Kind.PARALLEL) {
        if (begin != null) {
          problem(
              "State %s is parallel: all of it begins, it has no initial state."
                  .formatted(node.name));
        }
      } else if (begin != null) {
        initial(begin, node);
      } else if (!spec.strict() && node.children.length > 0 && begun.contains(node)) {
        problem(
            "State %s has no initial state, but is entered without saying which of %s; name the initial one."
                .formatted(node.name, List.of(node.children)));
      }
    }

    private void pseudo() {
      boolean bare =
          state.arcs().isEmpty()
              && state.children().isEmpty()
              && state.entry().isEmpty()
              && state.exit().isEmpty()
              && state.timers().isEmpty()
              && state.invokes().isEmpty();
      if (!bare) {
        problem(
            ("State %s is a history: it has a default, but nothing inside of it, no transitions and"
                    + " no actions.")
                .formatted(node.name));
      }
      if (state.initial() != null && node.parent != null) {
        initial(state.initial(), node.parent);
      }
    }

    private void initial(ArcSpec begin, Node around) {
      if (begin.targets().isEmpty()) {
        problem("The initial transition of %s leads nowhere.".formatted(node.name));
      }
      if (begin.guard() != null || begin.update() != null) {
        problem(
            "The initial transition of %s can have no guard and no update.".formatted(node.name));
      }
      for (ArcSpec.Target target : begin.targets()) {
        Node to = bySpec.get(target.state());
        if (to == null) {
          problem(
              "State %s begins in %s, which is not in the chart."
                  .formatted(node.name, target.state()));
        } else if (!around.contains(to)) {
          problem(
              "State %s begins in %s, which is not inside of %s.".formatted(node.name, to, around));
        } else if (to == node) {
          problem("The default of history %s is that history itself.".formatted(node.name));
        }
      }
      orthogonal(begin);
    }

    private void transition(ArcSpec arc) {
      String label = "The transition of %s on %s".formatted(node.name, Arc.label(arc.trigger()));
      trigger(arc.trigger(), label);
      for (ArcSpec.Target target : arc.targets()) {
        Node to = bySpec.get(target.state());
        if (to == null) {
          problem("%s leads to %s, which is not in the chart.".formatted(label, target.state()));
        } else if (to.parent == null) {
          problem("%s leads to the root, which is never entered again.".formatted(label));
        }
      }
      orthogonal(arc);
      if (spec.form() != Form.NAMES && arc.external() && arc.targets().isEmpty()) {
        problem(
            "%s is to enter the state again, but leads nowhere; let it lead to the state itself."
                .formatted(label));
      }
      if (spec.form() == Form.DATA) {
        arc.targets().forEach(target -> parallels(arc, bySpec.get(target.state()), label));
      }
      boolean acts =
          !(arc.targets().isEmpty()
              && arc.actions().isEmpty()
              && arc.assigns().isEmpty()
              && arc.update() == null);
      if (arc.reaction() != ArcSpec.Reaction.ACT && acts) {
        problem("%s is not taken (%s), but says what to do.".formatted(label, arc.reaction()));
      }
      if (arc.reaction() == ArcSpec.Reaction.DEFER && !(arc.trigger() instanceof Trigger.On)) {
        problem("%s cannot wait: only events can.".formatted(label));
      }
    }

    /** A parallel state that is entered has data of its own, which the transition is to make. */
    private void parallels(ArcSpec arc, @Nullable Node to, String label) {
      for (Node each = to == null ? null : to.parent; each != null; each = each.parent) {
        Node parallel = each;
        boolean stays = parallel.contains(node) || (parallel == node && !arc.external());
        boolean made = arc.targets().stream().anyMatch(it -> bySpec.get(it.state()) == parallel);
        if (parallel.kind == StateSpec.Kind.PARALLEL && !stays && !made) {
          problem(
              "%s leads into %s, whose own data nobody makes; lead to %s, and say with(%s, ...) besides."
                  .formatted(label, parallel, parallel, to));
        }
      }
    }

    private void trigger(Trigger trigger, String label) {
      if (trigger instanceof Trigger.Initial) {
        problem("%s has no trigger.".formatted(label));
      }
      if (trigger instanceof Trigger.Done && (node.leaf() || node.parent == null)) {
        problem("%s is never taken: the state has nothing inside that could end.".formatted(label));
      }
      if (trigger instanceof Trigger.After after && !state.timers().contains(after.timer())) {
        problem("%s waits for a timer of another state.".formatted(label));
      }
      if (trigger instanceof Trigger.Ended ended && !state.invokes().contains(ended.invoke())) {
        problem("%s waits for work of another state.".formatted(label));
      }
    }

    private void orthogonal(ArcSpec arc) {
      List<Node> targets =
          arc.targets().stream()
              .map(ArcSpec.Target::state)
              .filter(bySpec::containsKey)
              .map(bySpec::get)
              .toList();
      for (int i = 0; i < targets.size(); i++) {
        for (int j = i + 1; j < targets.size(); j++) {
          Node one = targets.get(i);
          Node other = targets.get(j);
          Node common = Scopes.common(one, other);
          // A parallel state may be named beside what is active in it, to give it its data.
          if (one == other || common.kind != StateSpec.Kind.PARALLEL) {
            problem(
                "A transition of %s leads to %s and %s, which cannot be active together."
                    .formatted(node.name, one, other));
          }
        }
      }
    }
  }
}
