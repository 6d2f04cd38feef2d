package io.stateward.statemachine.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds circles in a graph whose edges are looked up as they are needed. */
final class Walk {

  private Walk() {}

  /**
   * An edge.
   *
   * @param from where it begins
   * @param by what it stands for
   * @param to where it ends
   */
  record Edge<V, A>(V from, A by, V to) {}

  /** Returns a shortest circle through a vertex, its edges in order, or null if there is none. */
  static <V, A> @Nullable List<Edge<V, A>> circle(V start, Function<V, List<Edge<V, A>>> edges) {
    Map<V, Edge<V, A>> came = new HashMap<>();
    Deque<V> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      for (Edge<V, A> edge : edges.apply(waiting.remove())) {
        if (edge.to().equals(start)) {
          return back(edge, came, start);
        }
        if (came.putIfAbsent(edge.to(), edge) == null) {
          waiting.add(edge.to());
        }
      }
    }
    return null;
  }

  private static <V, A> List<Edge<V, A>> back(Edge<V, A> last, Map<V, Edge<V, A>> came, V start) {
    Deque<Edge<V, A>> circle = new ArrayDeque<>(List.of(last));
    while (!circle.getFirst().from().equals(start)) {
      Edge<V, A> before = came.get(circle.getFirst().from());
      if (before == null) {
        throw new IllegalStateException("No edge leads to %s.".formatted(circle.getFirst().from()));
      }
      circle.addFirst(before);
    }
    return List.copyOf(circle);
  }
}
