package io.stateward.statemachine.scxml;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a document's machine in virtual time: what is due is done before anything else
 * happens, in the order of deadlines, each in a macrostep of its own.
 */
final class Session {

  private static final int MOST_TIMERS = 1_000;

  private final Machine<List<String>, ScxmlEvent> machine;
  private final List<Object> emitted = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private Snapshot<List<String>> snapshot;
  private @Nullable Outcome last;

  private Session(Machine<List<String>, ScxmlEvent> machine) {
    this.machine = machine;
    Step<List<String>> first = machine.begin(null, now);
    this.snapshot = first.snapshot();
    take(first);
    settle();
  }

  /** Of the content of a document whose machine is called m. */
  static Session session(String content) {
    return of(
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' name='m'>"
            + content
            + "</scxml>");
  }

  static Session of(String document) {
    return new Session(Scxml.read(document));
  }

  static Session of(Machine<List<String>, ScxmlEvent> machine) {
    return new Session(machine);
  }

  Session send(String event) {
    return send(ScxmlEvent.of(event));
  }

  Session send(ScxmlEvent event) {
    take(machine.step(snapshot, event, now));
    settle();
    return this;
  }

  Session advance(long millis) {
    Instant until = now.plus(Duration.ofMillis(millis));
    fire(until);
    now = until;
    return this;
  }

  private void settle() {
    fire(now);
  }

  private void fire(Instant until) {
    for (int count = 0; ; count++) {
      PendingTimer next =
          snapshot.timers().stream()
              .filter(timer -> !timer.deadline().isAfter(until))
              .min(Comparator.comparing(PendingTimer::deadline).thenComparing(PendingTimer::number))
              .orElse(null);
      if (next == null) {
        return;
      }
      if (count == MOST_TIMERS) {
        throw new AssertionError("More than %d timers were due at once.".formatted(MOST_TIMERS));
      }
      now = next.deadline();
      take(machine.fire(snapshot, next, now));
    }
  }

  private void take(Step<List<String>> step) {
    snapshot = step.snapshot();
    last = step.outcome();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Emit emit) {
        emitted.add(emit.value());
      }
    }
  }

  /** The active leaves, as a set. */
  Set<String> state() {
    return Set.copyOf(snapshot.state());
  }

  Snapshot<List<String>> snapshot() {
    return snapshot;
  }

  @Nullable Outcome last() {
    return last;
  }

  /** What was logged, as text. */
  List<String> logged() {
    return emitted.stream().map(it -> (ScxmlLog) it).map(it -> Values.toText(it.value())).toList();
  }
}
