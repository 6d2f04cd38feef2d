package io.stateward.statemachine.runtime;

import io.stateward.signal.Probe;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Notice;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One macrostep of an actor: the step, its commit, its effects, and then the telling of it.
 *
 * <p>Thread safety: of whoever has the turn.
 */
final class Macrostep<S, E> {

  private final LiveActor<S, E> actor;
  private final @Nullable CompletableFuture<Step<S>> asked;
  private final @Nullable Object cause;
  private @Nullable Turn turn;

  Macrostep(
      LiveActor<S, E> actor,
      @Nullable Turn turn,
      @Nullable Object cause,
      @Nullable CompletableFuture<Step<S>> asked) {
    this.actor = actor;
    this.turn = turn;
    this.cause = cause;
    this.asked = asked;
  }

  /** Takes an event; this and the others return whether the turn goes on here. */
  boolean take(E event) {
    Plan<S, E> plan = actor.plan();
    Step<S> step;
    try {
      step = plan.machine().step(actor.snapshot(), event, plan.now());
    } catch (Throwable t) { // the engine answers with a failure, so this is one of its own
      return broken(t);
    }
    return settle(step);
  }

  boolean complete(Invocation invocation, io.stateward.flow.Outcome<?> ending) {
    Plan<S, E> plan = actor.plan();
    return attempt(() -> plan.machine().complete(actor.snapshot(), invocation, ending, plan.now()));
  }

  boolean fire(PendingTimer timer, Instant time) {
    return attempt(() -> actor.plan().machine().fire(actor.snapshot(), timer, time));
  }

  private boolean attempt(Supplier<Step<S>> work) {
    Step<S> step;
    try {
      step = work.get();
    } catch (Throwable t) { // the engine answers with a failure, so this is one of its own
      return broken(t);
    }
    return settle(step);
  }

  private boolean broken(Throwable failure) {
    Probe.report(actor.id(), "What %s leads to is unknown.".formatted(cause), failure);
    if (asked != null) {
      asked.completeExceptionally(failure);
    }
    if (cause instanceof PendingTimer timer) {
      Alarm<S> alarm = actor.equipment().alarm();
      alarm.spend(timer);
      alarm.set(actor.snapshot()); // others may be due
    }
    return true;
  }

  private boolean settle(Step<S> step) {
    try {
      return commit(step);
    } catch (Throwable t) { // or nobody would have the turn, for ever
      crash(t);
      return true;
    }
  }

  private boolean commit(Step<S> step) {
    Equipment<S, E> equipment = actor.equipped();
    if (equipment != null && !keep(equipment, step)) {
      return true;
    }
    Snapshot<S> next = step.snapshot();
    actor.commit(next);
    if (equipment == null
        && asked == null
        && step.effects().isEmpty()
        && step.outcome().isTaken()
        && !next.isDone()) {
      return true; // nobody is to be told
    }
    if (Depth.current().isTooMuch() && turn().hand(() -> finish(step))) {
      return false;
    }
    finish(step);
    return true;
  }

  private boolean keep(Equipment<S, E> equipment, Step<S> step) {
    Throwable lost = equipment.keep(step);
    if (lost == null) {
      return true;
    }
    actor.end(lost, turn());
    if (cause != null && asked == null) {
      Probe.report(actor.id(), "It could not keep what %s led to.".formatted(cause), lost);
    } else if (asked != null) {
      asked.completeExceptionally(actor.stopped("what follows from " + cause));
    }
    return false;
  }

  /** Releases the effects of a step that is committed, and tells of it. */
  void finish(Step<S> step) {
    Depth depth = Depth.current();
    depth.enter();
    try {
      releaseAndTell(step);
    } catch (Throwable t) { // foreign code is caught where it is called, but for what ends a JVM
      crash(t);
    } finally {
      depth.leave();
    }
  }

  /** Ends the actor, of which nobody knows how far it has come. */
  private void crash(Throwable failure) {
    actor.crash("What %s led to was not told to all.".formatted(cause), failure, turn());
    if (asked != null) {
      asked.completeExceptionally(actor.stopped("what follows from " + cause));
    }
  }

  private void releaseAndTell(Step<S> step) {
    boolean timers = Effects.release(actor, step.effects());
    Equipment<S, E> equipment = timers ? actor.equipment() : actor.equipped();
    if (equipment != null) {
      if (timers || cause instanceof PendingTimer) {
        equipment.alarm().set(step.snapshot());
      }
      equipment.hold();
      equipment.show(step.snapshot());
      tell(equipment, step);
    }
    report(step);
    if (asked != null) {
      asked.complete(step);
    }
    Throwable lost = equipment == null ? null : equipment.released();
    if (lost != null || step.snapshot().isDone()) {
      actor.end(lost, turn());
    }
  }

  private void tell(Equipment<S, E> equipment, Step<S> step) {
    Audience<S> audience = equipment.audienceOrNull();
    if (audience != null && cause != null) {
      audience.tell(new Notice.Stepped<>(cause, step));
    }
  }

  private void report(Step<S> step) {
    if (asked == null && step.outcome() instanceof Outcome.Failed failed) {
      Probe.report(
          actor.id(),
          "The macrostep for %s failed, and changed nothing; a timer or work has come to its end all the same."
              .formatted(cause),
          failed.cause());
    }
    for (Step.Recalled recalled : step.recalled()) {
      if (recalled.outcome() instanceof Outcome.Failed failed) {
        Probe.report(
            actor.id(),
            "The macrostep for %s, which had been deferred, failed.".formatted(recalled.event()),
            failed.cause());
      }
    }
  }

  private Turn turn() {
    Turn present = turn;
    if (present == null) {
      present = new Turn(actor);
      turn = present;
    }
    return present;
  }
}
