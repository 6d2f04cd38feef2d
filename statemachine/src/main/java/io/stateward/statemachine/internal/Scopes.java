package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transition leaves. In strict charts as the W3C's algorithm has it (getTransitionDomain,
 * findLCCA, computeExitSet); else parallel states may be domains as well, of which only the regions
 * that hold a target are left.
 */
final class Scopes {

  private Scopes() {}

  /** Returns the innermost state that stays active whatever the transition leaves and enters. */
  static Node domain(Node source, Node[] targets, boolean external, boolean strict) {
    boolean around =
        source.kind == StateSpec.Kind.COMPOUND
            || (!strict && source.kind == StateSpec.Kind.PARALLEL);
    if (!external && around && holds(source, targets)) {
      return source;
    }
    Node ancestor = source.parent;
    while (ancestor != null && !(eligible(ancestor, strict) && holds(ancestor, targets))) {
      ancestor = ancestor.parent;
    }
    return ancestor == null ? root(source) : ancestor;
  }

  /** Returns the ranges of states that are left, if they are active. */
  static int[] scope(Node domain, Node source, Node[] targets, boolean strict) {
    if (strict || domain.kind != StateSpec.Kind.PARALLEL) {
      return new int[] {domain.number + 1, domain.end};
    }
    List<Integer> ranges = new ArrayList<>();
    regions(domain, source, List.of(targets), ranges);
    return ranges.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Adds the ranges of the regions, of a parallel state that stays, that hold a target. */
  private static void regions(
      Node parallel, Node source, List<Node> targets, List<Integer> ranges) {
    for (Node child : parallel.children) {
      // A region that is itself a target, or the source, begins anew; else its content alone.
      boolean whole = targets.contains(child);
      boolean holds = targets.stream().anyMatch(child::contains);
      if (whole || (holds && child == source)) {
        ranges.addAll(List.of(child.number, child.end));
      } else if (holds && child.kind == StateSpec.Kind.PARALLEL) {
        regions(child, source, targets, ranges);
      } else if (holds) {
        ranges.addAll(List.of(child.number + 1, child.end));
      }
    }
  }

  /** Returns the innermost state that contains both, or is one of them. */
  static Node common(Node one, Node other) {
    Node around = one;
    while (around != other && !around.contains(other) && around.parent != null) {
      around = around.parent;
    }
    return around;
  }

  private static boolean holds(Node ancestor, @Nullable Node[] targets) {
    for (Node target : targets) {
      if (target != null && !ancestor.contains(target)) {
        return false;
      }
    }
    return true;
  }

  private static boolean eligible(Node ancestor, boolean strict) {
    return !strict || ancestor.kind == StateSpec.Kind.COMPOUND;
  }

  private static Node root(Node node) {
    Node top = node;
    while (top.parent != null) {
      top = top.parent;
    }
    return top;
  }
}
