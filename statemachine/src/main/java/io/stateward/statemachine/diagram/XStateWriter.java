package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Writes a chart as a configuration of XState. */
final class XStateWriter {

  private final Chart chart;
  private final Ids ids;

  XStateWriter(Chart chart) {
    this.chart = chart;
    this.ids = new Ids(chart);
  }

  Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("id", ids.of(chart.root()));
    machine.put("version", Integer.toString(chart.version()));
    machine.putAll(state(chart.root()));
    return machine;
  }

  private Map<String, Object> state(Node node) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("id", ids.of(node));
    if (!ids.of(node).equals(node.name())) {
      state.put("description", node.name());
    }
    if (node.pseudo()) {
      history(node, state);
      return state;
    }
    Map<String, Object> inside = new LinkedHashMap<>();
    Stream.concat(node.histories().stream(), node.children().stream())
        .forEach(child -> inside.put(ids.of(child), state(child)));
    switch (node.kind()) {
      case PARALLEL -> state.put("type", "parallel");
      case FINAL -> state.put("type", "final");
      case COMPOUND -> begin(node, state, inside);
      default -> {} // an atomic one is what XState takes it for
    }
    names("entry", node.entry(), state);
    names("exit", node.exit(), state);
    invoke(node, state);
    node.arcs().forEach(arc -> add(arc, state));
    if (!inside.isEmpty()) {
      state.put("states", inside);
    }
    return state;
  }

  private void history(Node node, Map<String, Object> state) {
    state.put("type", "history");
    state.put("history", node.kind() == StateSpec.Kind.DEEP_HISTORY ? "deep" : "shallow");
    Arc initial = node.initial();
    if (initial != null) {
      state.put("target", target(initial));
    }
  }

  /** Where it begins: a child; or, since XState knows no more than that, a state that leads on. */
  private void begin(Node node, Map<String, Object> state, Map<String, Object> inside) {
    Arc initial = node.initial();
    if (initial == null) {
      return;
    }
    List<Node> targets = Labels.ends(initial);
    if (targets.size() == 1
        && targets.get(0).parent() == node
        && Labels.actions(initial).isEmpty()) {
      state.put("initial", ids.of(targets.get(0)));
      return;
    }
    String first = ids.fresh(node.name() + "_initial");
    state.put("initial", first);
    inside.put(first, Map.of("id", first, "always", List.of(transition(initial))));
  }

  private static void names(String when, List<Action> actions, Map<String, Object> state) {
    if (!actions.isEmpty()) {
      state.put(when, actions.stream().map(Labels::action).toList());
    }
  }

  private void invoke(Node node, Map<String, Object> state) {
    List<Object> all = new ArrayList<>();
    Map<String, Object> limits = new LinkedHashMap<>();
    for (InvokeSpec invoke : node.invokes()) {
      Map<String, Object> work = new LinkedHashMap<>();
      work.put("id", id(node, invoke));
      work.put("src", invoke.name());
      endings(node, invoke, Trigger.Ending.DONE, "onDone", work);
      endings(node, invoke, Trigger.Ending.ERROR, "onError", work);
      all.add(work);
      Map<String, Object> own = limits(invoke);
      if (!own.isEmpty()) {
        limits.put(invoke.name(), own);
      }
    }
    if (!all.isEmpty()) {
      state.put("invoke", all);
    }
    if (!limits.isEmpty()) {
      state.put("meta", Map.of("invoke", limits));
    }
  }

  private String id(Node node, InvokeSpec invoke) {
    return ids.of(node) + ":" + invoke.name();
  }

  private void endings(
      Node node, InvokeSpec invoke, Trigger.Ending how, String key, Map<String, Object> work) {
    List<Map<String, Object>> transitions =
        node.arcs().stream()
            .filter(arc -> arc.trigger().equals(new Trigger.Ended(invoke, how)))
            .map(this::transition)
            .toList();
    if (!transitions.isEmpty()) {
      work.put(key, transitions);
    }
  }

  private static Map<String, Object> limits(InvokeSpec invoke) {
    Map<String, Object> limits = new LinkedHashMap<>();
    if (invoke.timeout() != null) {
      limits.put("timeout", invoke.timeout().toMillis());
    }
    if (invoke.heartbeat() != null) {
      limits.put("heartbeat", invoke.heartbeat().toMillis());
    }
    if (invoke.retry() != null) {
      limits.put("retry", true);
    }
    return limits;
  }

  /** Adds a transition where XState looks for its sort; those of invoked work stand with that. */
  private void add(Arc arc, Map<String, Object> state) {
    Trigger trigger = arc.trigger();
    if (trigger instanceof Trigger.On on) {
      Events.of(chart, on).forEach(event -> table("on", event, arc, state));
    } else if (trigger instanceof Trigger.After after) {
      OptionalLong millis = Delays.millis(after.timer());
      String delay = millis.isPresent() ? "" + millis.getAsLong() : after.timer().name();
      table("after", delay, arc, state);
    } else if (trigger instanceof Trigger.Ended ended) {
      if (ended.ending() == Trigger.Ending.TIMEOUT) {
        table("after", arc.triggerLabel(), arc, state);
      }
    } else {
      list(trigger instanceof Trigger.Done ? "onDone" : "always", arc, state);
    }
  }

  @SuppressWarnings("unchecked") // the value of this key is such a map, which is made here
  private void table(String key, String row, Arc arc, Map<String, Object> state) {
    list(row, arc, (Map<String, Object>) state.computeIfAbsent(key, it -> new LinkedHashMap<>()));
  }

  @SuppressWarnings("unchecked") // the value of this key is such a list, which is made here
  private void list(String key, Arc arc, Map<String, Object> table) {
    ((List<Object>) table.computeIfAbsent(key, it -> new ArrayList<>())).add(transition(arc));
  }

  private Map<String, Object> transition(Arc arc) {
    Map<String, Object> transition = new LinkedHashMap<>();
    if (!arc.targets().isEmpty()) {
      transition.put("target", target(arc));
    }
    if (arc.guard() != null) {
      transition.put("guard", arc.guard().name());
    }
    if (!Labels.actions(arc).isEmpty()) {
      transition.put("actions", Labels.actions(arc));
    }
    if (reenters(arc)) {
      transition.put("reenter", true);
    }
    if (arc.reaction() != ArcSpec.Reaction.ACT) {
      String reaction = arc.reaction().name().toLowerCase(Locale.ROOT);
      transition.put("meta", Map.of("reaction", reaction));
    }
    return transition;
  }

  /** Also if it leads to a history, which XState looks through to what may be its source. */
  private static boolean reenters(Arc arc) {
    Node source = arc.source();
    if (arc.targets().stream().anyMatch(it -> it.pseudo() && !source.contains(it))) {
      return true;
    }
    return !arc.targets().isEmpty()
        && arc.targets().stream().allMatch(it -> it == source || source.contains(it))
        && arc.leaves(source);
  }

  private Object target(Arc arc) {
    List<String> targets = Labels.ends(arc).stream().map(it -> "#" + ids.of(it)).toList();
    return targets.size() == 1 ? targets.get(0) : targets;
  }
}
