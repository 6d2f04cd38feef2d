package io.stateward.statemachine.internal;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a chart makes use of, so that what it does not use costs nothing. */
final class Features {

  final boolean flat;
  final boolean usesTime;
  final boolean needsActor;
  final boolean contexts;

  /** Whether one word of bits is enough. */
  final boolean small;

  /** The states that have a transition without a trigger. */
  final long[] always;

  /** The atomic and final states. */
  final long[] leaves;

  Features(Node[] nodes, Arc[] arcs, boolean contexts) {
    this.contexts = contexts;
    small = nodes.length <= 64;
    flat = Arrays.stream(nodes).noneMatch(node -> node.kind == StateSpec.Kind.PARALLEL);
    boolean timers = Arrays.stream(nodes).anyMatch(node -> node.timers.length > 0);
    boolean invokes = Arrays.stream(nodes).anyMatch(node -> node.invokes.length > 0);
    boolean sends = actions(nodes, arcs).anyMatch(Action.Send.class::isInstance);
    boolean scripts = actions(nodes, arcs).anyMatch(Action.Script.class::isInstance);
    usesTime = timers || sends || scripts;
    needsActor = timers || invokes || sends;
    always = Bits.words(nodes.length);
    leaves = Bits.words(nodes.length);
    for (Node node : nodes) {
      if (Arrays.stream(node.arcs).anyMatch(arc -> arc.trigger instanceof Trigger.Always)) {
        Bits.add(always, node.number);
      }
      if (node.leaf()) {
        Bits.add(leaves, node.number);
      }
    }
  }

  private static Stream<Action> actions(Node[] nodes, Arc[] arcs) {
    Stream<Action> ofNodes =
        Arrays.stream(nodes)
            .flatMap(
                node ->
                    Stream.of(
                            node.entry,
                            node.exit,
                            node.initial == null ? new Action[0] : node.initial.actions)
                        .flatMap(Arrays::stream));
    return Stream.concat(ofNodes, Arrays.stream(arcs).flatMap(arc -> Arrays.stream(arc.actions)));
  }
}
