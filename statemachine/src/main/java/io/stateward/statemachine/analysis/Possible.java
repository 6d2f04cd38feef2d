package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Trace;
import io.stateward.statemachine.analysis.PathCoverage.GuardOutcome;
import io.stateward.statemachine.analysis.PathCoverage.Share;
import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What samples can visit at all. */
final class Possible {

  private Possible() {}

  private record Place<S>(Vertex<S> at, List<Trace.Transition> last) {}

  static <S> PathCoverage coverage(Seen visited, Stimuli<S, ?> stimuli, Explorer<S> explorer) {
    Seen all = new Seen(stimuli.chart());
    Vertex<S> first = explorer.first();
    all.add(null, null, first.arrival, List.of());
    Place<S> start = new Place<>(first, Seen.begun(first.arrival));
    Set<Place<S>> seen = new HashSet<>(Set.of(start));
    Deque<Place<S>> waiting = new ArrayDeque<>(seen);
    while (!waiting.isEmpty()) {
      Place<S> place = waiting.remove();
      for (Hop<S> hop : place.at().hops) {
        all.add(place.at().snapshot, hop.by(), hop.step(), place.last());
        Place<S> next = new Place<>(hop.to(), Seen.last(place.last(), hop.step()));
        if (seen.add(next)) {
          waiting.add(next);
        }
      }
    }
    return new PathCoverage(
        share(visited.states, all.states),
        share(visited.transitions, all.transitions),
        guards(visited, all),
        share(visited.pairs, all.pairs));
  }

  /** A guard may hold or not; both count, even where the samples never make it so. */
  private static Share<GuardOutcome> guards(Seen visited, Seen all) {
    Set<GuardOutcome> possible = new LinkedHashSet<>();
    for (Set<GuardOutcome> each : List.of(all.guards, visited.guards)) {
      for (GuardOutcome outcome : each) {
        possible.add(new GuardOutcome(outcome.transition(), true));
        possible.add(new GuardOutcome(outcome.transition(), false));
      }
    }
    return new Share<>(visited.guards, possible);
  }

  private static <T> Share<T> share(Set<T> visited, Set<T> possible) {
    Set<T> both = new LinkedHashSet<>(possible);
    both.addAll(visited);
    return new Share<>(visited, both);
  }
}
