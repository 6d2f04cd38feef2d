package io.stateward.statemachine.durable;

import io.stateward.codec.Tree;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The actions that a macrostep asks for, by where they stand in the definition. */
final class Actions {

  private final Chart chart;
  private final Types types;

  Actions(Chart chart, Types types) {
    this.chart = chart;
    this.types = types;
  }

  /**
   * An action in its place.
   *
   * @param run the action
   * @param takesEvent whether it is one of a transition, and so is given the event
   */
  private record Placed(Action.Run run, boolean takesEvent) {}

  /** Returns the actions of a state in the order of the document. */
  private static List<Placed> of(Node state) {
    List<Placed> all = new ArrayList<>();
    add(all, state.entry(), false);
    add(all, state.exit(), false);
    Arc initial = state.initial();
    if (initial != null) {
      add(all, initial.actions(), true);
    }
    state.arcs().forEach(arc -> add(all, arc.actions(), true));
    return all;
  }

  private static void add(List<Placed> all, List<Action> actions, boolean takesEvent) {
    for (Action action : actions) {
      if (action instanceof Action.Run run) {
        all.add(new Placed(run, takesEvent));
      }
    }
  }

  /** Returns the actions among the effects of a step, by their places there. */
  static Map<Integer, Effect.Run> among(List<Effect> effects) {
    Map<Integer, Effect.Run> runs = new LinkedHashMap<>();
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof Effect.Run run) {
        runs.put(i, run);
      }
    }
    return runs;
  }

  Tree toTree(Map<Integer, Effect.Run> runs) {
    List<Tree> all = new ArrayList<>();
    runs.forEach((index, run) -> all.add(toTree(index, run)));
    return Tree.array(all);
  }

  private Tree toTree(int index, Effect.Run run) {
    List<Placed> placed = of(chart.node(run.state()));
    for (int i = 0; i < placed.size(); i++) {
      if (placed.get(i).run().body() == run.body()) {
        return Tree.object()
            .plus("index", index)
            .plus("state", run.state())
            .plus("place", i)
            .plus("action", run.name())
            .plus("data", types.data(run.data()))
            .plus("event", placed.get(i).takesEvent() ? types.event(run.event()) : Tree.ofNull());
      }
    }
    throw new IllegalArgumentException(
        "State %s has no action '%s' that could be found again."
            .formatted(run.state(), run.name()));
  }

  Map<Integer, Effect.Run> fromTree(Tree tree) {
    Map<Integer, Effect.Run> runs = new LinkedHashMap<>();
    for (Tree each : tree.asArray().elements()) {
      runs.put(each.at("/index").asInt(), run(each));
    }
    return runs;
  }

  private Effect.Run run(Tree tree) {
    String state = tree.at("/state").asString();
    String name = tree.at("/action").asString();
    Placed placed = find(of(chart.node(state)), tree.at("/place").asInt(), name);
    if (placed == null) {
      throw new IllegalArgumentException(
          "action '%s' of state %s was not done yet, and is not in the definition any more"
              .formatted(name, state));
    }
    return new Effect.Run(
        state,
        name,
        types.data(tree.at("/data")),
        types.event(tree.at("/event")),
        placed.run().body());
  }

  /** Returns an action by its place, or, if a later version has moved it, by its name. */
  private static @Nullable Placed find(List<Placed> placed, int place, String name) {
    if (place >= 0 && place < placed.size() && placed.get(place).run().name().equals(name)) {
      return placed.get(place);
    }
    return placed.stream().filter(it -> it.run().name().equals(name)).findFirst().orElse(null);
  }
}
