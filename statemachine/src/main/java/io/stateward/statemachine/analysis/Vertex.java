package io.stateward.statemachine.analysis;

import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.Parts;
import io.stateward.statemachine.internal.Position;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where an instance can stand, how that was reached first, and what it leads to. */
final class Vertex<S> {

  /** A macrostep from one vertex to another. */
  record Hop<S>(Vertex<S> from, Stimulus by, Step<S> step, Vertex<S> to) {}

  final Snapshot<S> snapshot;
  final Step<S> arrival;
  final int depth;
  final @Nullable Hop<S> cameBy;
  final List<Hop<S>> hops = new ArrayList<>();
  boolean explored;

  /** Whether something that it leads to is beyond the bound. */
  boolean cut;

  /** For each timer that is waited for, after how many macrosteps it began. */
  private final Map<Long, Integer> began = new HashMap<>();

  /** The beginning. */
  Vertex(Step<S> arrival) {
    this.snapshot = arrival.snapshot();
    this.arrival = arrival;
    this.depth = 0;
    this.cameBy = null;
    snapshot.timers().forEach(timer -> began.put(timer.number(), 0));
  }

  Vertex(Vertex<S> from, Stimulus by, Step<S> arrival) {
    this.snapshot = arrival.snapshot();
    this.arrival = arrival;
    this.depth = from.depth + 1;
    this.cameBy = new Hop<>(from, by, arrival, this);
    for (PendingTimer timer : snapshot.timers()) {
      began.put(timer.number(), from.began.getOrDefault(timer.number(), depth));
    }
  }

  private int began(PendingTimer timer) {
    return began.getOrDefault(timer.number(), 0);
  }

  /** Returns the timers that may be due next: those that none is surely due before. */
  List<PendingTimer> due() {
    List<PendingTimer> timers = snapshot.timers();
    return timers.stream()
        .filter(timer -> timers.stream().noneMatch(other -> other != timer && before(other, timer)))
        .toList();
  }

  /** All macrosteps are made at one time, so that a deadline says how long a timer takes. */
  private boolean before(PendingTimer one, PendingTimer other) {
    boolean noLater = began(one) <= began(other) && !one.deadline().isAfter(other.deadline());
    boolean same = began(one) == began(other) && one.deadline().equals(other.deadline());
    return noLater && (!same || one.number() < other.number());
  }

  /** Returns the hops that lead here from the beginning. */
  List<Hop<S>> way() {
    Deque<Hop<S>> way = new ArrayDeque<>();
    for (Hop<S> hop = cameBy; hop != null; hop = hop.from().cameBy) {
      way.addFirst(hop);
    }
    return List.copyOf(way);
  }

  /** What makes two vertices the same one. */
  private record Key(
      List<String> leaves,
      Object data,
      Object histories,
      List<Object> timers,
      List<Object> work,
      List<Object> deferred,
      boolean ended) {}

  private record Waiting(
      String state, String name, Instant deadline, int rank, @Nullable Object event) {}

  private record Under(String state, String name, @Nullable Object data) {}

  /** Returns what tells it from others; with an abstraction, of the data only what that says. */
  Object key(@Nullable Function<? super Snapshot<S>, ?> abstraction) {
    Parts parts = ((Position<S>) snapshot).parts();
    Object data = List.of(parts.data(), parts.contexts());
    Object histories = parts.histories();
    if (abstraction != null) {
      data = java.util.Optional.ofNullable(abstraction.apply(snapshot));
      histories =
          parts.histories().entrySet().stream()
              .map(it -> it.getKey() + it.getValue().stream().map(Parts.Kept::state).toList())
              .toList();
    }
    List<Integer> ranks = parts.timers().stream().map(this::began).distinct().sorted().toList();
    return new Key(
        parts.leaves(),
        data,
        histories,
        parts.timers().stream()
            .<Object>map(
                it ->
                    new Waiting(
                        it.state(), it.name(), it.deadline(), ranks.indexOf(began(it)), it.event()))
            .toList(),
        parts.invocations().stream()
            .<Object>map(
                it -> new Under(it.state(), it.name(), abstraction == null ? it.data() : null))
            .toList(),
        abstraction == null ? parts.deferred() : parts.deferred().stream().distinct().toList(),
        parts.ended());
  }
}
