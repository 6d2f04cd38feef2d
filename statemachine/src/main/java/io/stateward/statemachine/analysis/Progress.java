package io.stateward.statemachine.analysis;

import io.stateward.statemachine.analysis.Vertex.Hop;
import io.stateward.statemachine.analysis.Walk.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for runs that never come to something: they end before it, or go round without it. */
final class Progress<S> {

  private final Explorer<S> explorer;

  Progress(Explorer<S> explorer) {
    this.explorer = explorer;
  }

  /** Returns a run from one of the sources that never comes to a goal, or null. */
  @Nullable Counterexample<S> refute(Predicate<Vertex<S>> source, Predicate<Vertex<S>> goal) {
    Map<Vertex<S>, List<Hop<S>>> ways = without(source, goal);
    Set<Vertex<S>> round = onCircles(ways.keySet());
    List<Map.Entry<Vertex<S>, List<Hop<S>>>> shortest = new ArrayList<>(ways.entrySet());
    shortest.sort(Comparator.comparingInt(each -> each.getValue().size()));
    for (Map.Entry<Vertex<S>, List<Hop<S>>> each : shortest) {
      Vertex<S> vertex = each.getKey();
      if (vertex.explored && !vertex.cut && onward(vertex).isEmpty()) {
        return Runs.of(explorer.first(), each.getValue());
      }
      if (round.contains(vertex)) {
        List<Edge<Vertex<S>, Hop<S>>> circle = Walk.circle(vertex, it -> edges(it, round));
        if (circle != null) {
          List<Hop<S>> hops = circle.stream().map(Edge::by).toList();
          return Runs.round(explorer.first(), each.getValue(), hops);
        }
      }
    }
    return null;
  }

  /** Returns what sources lead to without a goal, each with a way from the beginning. */
  private Map<Vertex<S>, List<Hop<S>>> without(
      Predicate<Vertex<S>> source, Predicate<Vertex<S>> goal) {
    Map<Vertex<S>, List<Hop<S>>> ways = new LinkedHashMap<>();
    Deque<Vertex<S>> waiting = new ArrayDeque<>();
    for (Vertex<S> vertex : explorer.vertices()) {
      if (source.test(vertex) && !goal.test(vertex)) {
        ways.put(vertex, vertex.way());
        waiting.add(vertex);
      }
    }
    while (!waiting.isEmpty()) {
      Vertex<S> vertex = waiting.remove();
      for (Hop<S> hop : onward(vertex)) {
        if (!ways.containsKey(hop.to()) && !goal.test(hop.to())) {
          List<Hop<S>> way = new ArrayList<>(ways.getOrDefault(vertex, List.of()));
          way.add(hop);
          ways.put(hop.to(), way);
          waiting.add(hop.to());
        }
      }
    }
    return ways;
  }

  /** Drops what nothing leads to or what leads to nothing, again and again: circles are left. */
  private Set<Vertex<S>> onCircles(Set<Vertex<S>> all) {
    Set<Vertex<S>> left = new HashSet<>(all);
    int before = -1;
    while (before != left.size()) {
      before = left.size();
      Map<Vertex<S>, Integer> incoming = new HashMap<>();
      for (Vertex<S> vertex : left) {
        edges(vertex, left).forEach(edge -> incoming.merge(edge.to(), 1, Integer::sum));
      }
      left.removeIf(vertex -> !incoming.containsKey(vertex));
      left.removeIf(vertex -> edges(vertex, left).isEmpty());
    }
    return left;
  }

  private List<Edge<Vertex<S>, Hop<S>>> edges(Vertex<S> vertex, Set<Vertex<S>> among) {
    return onward(vertex).stream()
        .filter(hop -> among.contains(hop.to()))
        .map(hop -> new Edge<>(vertex, hop, hop.to()))
        .toList();
  }

  /** Returns the hops that change where the instance stands. */
  private List<Hop<S>> onward(Vertex<S> vertex) {
    return vertex.hops.stream().filter(hop -> hop.to() != vertex).toList();
  }
}
