package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Trace;
import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Walks through what was explored until all goals are met: from where it stands to the nearest one,
 * and from the beginning again where none can be reached.
 */
final class Tour<S> {

  /** Where a walk stands: the hop that it took last, and the transitions that it took last. */
  private record Place<S>(Vertex<S> at, List<Trace.Transition> last) {}

  private record Came<S>(Place<S> from, Hop<S> by) {}

  private final Vertex<S> first;
  private final BiFunction<List<Trace.Transition>, Hop<S>, Set<?>> goals;
  private final Set<Object> met = new HashSet<>();

  /**
   * A tour.
   *
   * @param first where walks begin
   * @param goals what a hop meets, given the transitions that were taken last
   */
  Tour(Vertex<S> first, BiFunction<List<Trace.Transition>, Hop<S>, Set<?>> goals) {
    this.first = first;
    this.goals = goals;
  }

  List<TestPath> paths() {
    List<TestPath> paths = new ArrayList<>();
    List<Hop<S>> walk = new ArrayList<>();
    Place<S> at = beginning();
    while (true) {
      List<Hop<S>> leg = nearest(at);
      if (leg == null && walk.isEmpty()) {
        return paths;
      }
      if (leg == null) {
        paths.add(path(walk));
        walk.clear();
        at = beginning();
        continue;
      }
      for (Hop<S> hop : leg) {
        met.addAll(goals.apply(at.last(), hop));
        at = after(at, hop);
      }
      walk.addAll(leg);
    }
  }

  static <S> TestPath path(List<Hop<S>> walk) {
    return new TestPath(walk.stream().map(Hop::by).toList());
  }

  private Place<S> beginning() {
    return new Place<>(first, Seen.begun(first.arrival));
  }

  private static <S> Place<S> after(Place<S> at, Hop<S> hop) {
    return new Place<>(hop.to(), Seen.last(at.last(), hop.step()));
  }

  /** Returns a shortest way to a goal that was not met, or null. */
  private @Nullable List<Hop<S>> nearest(Place<S> start) {
    Map<Place<S>, Came<S>> came = new HashMap<>();
    Set<Place<S>> seen = new HashSet<>(Set.of(start));
    Deque<Place<S>> waiting = new ArrayDeque<>(seen);
    while (!waiting.isEmpty()) {
      Place<S> place = waiting.remove();
      for (Hop<S> hop : place.at().hops) {
        if (!met.containsAll(goals.apply(place.last(), hop))) {
          return back(place, hop, came);
        }
        Place<S> next = after(place, hop);
        if (seen.add(next)) {
          came.put(next, new Came<>(place, hop));
          waiting.add(next);
        }
      }
    }
    return null;
  }

  private List<Hop<S>> back(Place<S> place, Hop<S> last, Map<Place<S>, Came<S>> came) {
    Deque<Hop<S>> leg = new ArrayDeque<>(List.of(last));
    for (Came<S> step = came.get(place); step != null; step = came.get(step.from())) {
      leg.addFirst(step.by());
    }
    return List.copyOf(leg);
  }
}
