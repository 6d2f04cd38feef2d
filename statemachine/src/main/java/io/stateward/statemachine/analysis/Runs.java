package io.stateward.statemachine.analysis;

import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayList;
import java.util.List;

/** Turns ways through what was explored into runs. */
final class Runs {

  private Runs() {}

  static <S> List<Visit<S>> visits(Vertex<S> first, List<Hop<S>> way) {
    List<Visit<S>> visits = new ArrayList<>(List.of(new Visit<>(null, first.arrival)));
    way.forEach(hop -> visits.add(new Visit<>(hop.by(), hop.step())));
    return visits;
  }

  /** A run that ends. */
  static <S> Counterexample<S> of(Vertex<S> first, List<Hop<S>> way) {
    return new Counterexample<>(visits(first, way), -1);
  }

  /** A run that goes round at its end. */
  static <S> Counterexample<S> round(Vertex<S> first, List<Hop<S>> way, List<Hop<S>> circle) {
    List<Hop<S>> all = new ArrayList<>(way);
    all.addAll(circle);
    return new Counterexample<>(visits(first, all), way.size());
  }
}
