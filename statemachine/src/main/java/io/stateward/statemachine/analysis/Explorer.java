package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Visits where a machine can stand, breadth first, as far as a bound allows. */
final class Explorer<S> {

  private final Stimuli<S, ?> stimuli;
  private final @Nullable Function<? super Snapshot<S>, ?> abstraction;
  private final int bound;
  private final List<Vertex<S>> vertices = new ArrayList<>();
  private final Map<Object, Vertex<S>> known = new HashMap<>();
  private int steps;

  Explorer(
      Stimuli<S, ?> stimuli, @Nullable Function<? super Snapshot<S>, ?> abstraction, int bound) {
    this.stimuli = stimuli;
    this.abstraction = abstraction;
    this.bound = bound;
    Vertex<S> first = new Vertex<>(stimuli.begin());
    vertices.add(first);
    known.put(first.key(abstraction), first);
  }

  /** Explores until a hop is one that is looked for; returns that, or null. */
  @Nullable Hop<S> until(Predicate<Hop<S>> found) {
    for (int next = 0; next < vertices.size(); next++) {
      Vertex<S> from = vertices.get(next);
      for (Stimulus stimulus : stimuli.at(from.snapshot, from.due())) {
        Hop<S> hop = hop(from, stimulus);
        if (hop != null && found.test(hop)) {
          return hop;
        }
      }
      from.explored = true;
    }
    return null;
  }

  Explorer<S> all() {
    until(hop -> false);
    return this;
  }

  /** Makes a macrostep; returns null if it is beyond the bound. */
  private @Nullable Hop<S> hop(Vertex<S> from, Stimulus by) {
    Step<S> step = stimuli.apply(from.snapshot, by);
    if (step == null) {
      return null;
    }
    steps++;
    Vertex<S> made = new Vertex<>(from, by, step);
    Object key = made.key(abstraction);
    Vertex<S> to = known.get(key);
    if (to == null && vertices.size() >= bound) {
      from.cut = true;
      return null;
    }
    if (to == null) {
      to = made;
      vertices.add(made);
      known.put(key, made);
    }
    Hop<S> hop = to == made && made.cameBy != null ? made.cameBy : new Hop<>(from, by, step, to);
    if (to != from || step.outcome().isTaken()) {
      from.hops.add(hop);
    }
    return hop;
  }

  List<Vertex<S>> vertices() {
    return vertices;
  }

  Vertex<S> first() {
    return vertices.get(0);
  }

  int steps() {
    return steps;
  }

  /** Whether there is nothing beyond what was visited. */
  boolean complete() {
    return vertices.stream().allMatch(vertex -> vertex.explored && !vertex.cut);
  }
}
