package io.stateward.statemachine.internal;

import io.stateward.signal.StatewardException;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a macrostep asks of the world, and what is pending there: timers, work, events that wait.
 */
final class Ledger {

  final List<PendingTimer> timers = new ArrayList<>();
  final List<Invocation> invocations = new ArrayList<>();
  final List<Object> deferred = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  long next;
  @Nullable Instant time;
  private Instant now = Instant.EPOCH;

  void load(Extras extras, @Nullable Instant at) {
    timers.clear();
    invocations.clear();
    deferred.clear();
    timers.addAll(extras.timers());
    invocations.addAll(extras.invocations());
    deferred.addAll(extras.deferred());
    next = extras.next();
    time = extras.time();
    if (at != null) {
      now = at;
    } else {
      now = time == null ? Instant.EPOCH : time;
    }
  }

  /** Whether anything is pending, or has been. */
  boolean any() {
    return next != 0 || !timers.isEmpty() || !invocations.isEmpty() || !deferred.isEmpty();
  }

  /** Returns the time of the step. */
  Instant now() {
    return now;
  }

  void clear() {
    load(Extras.NONE, null);
    effects.clear();
  }

  void start(Node state, TimerSpec timer, @Nullable Object data) {
    @Nullable Duration delay = timer.delay().apply(data);
    if (delay == null) {
      throw new StatewardException(
          "The function of timer %s of state %s returned null; let it return how long to wait."
              .formatted(timer.name(), state));
    }
    Instant deadline = delay.isNegative() ? now : now.plus(delay);
    start(new PendingTimer(state.name, timer.name(), next++, deadline, null));
  }

  void send(String name, long delayMillis, Object event) {
    if (delayMillis < 0) {
      throw new IllegalArgumentException(
          "The event %s is to be sent in %d ms; it cannot be in the past."
              .formatted(name, delayMillis));
    }
    start(new PendingTimer("", name, next++, now.plusMillis(delayMillis), event));
  }

  private void start(PendingTimer timer) {
    timers.add(timer);
    effects.add(new Effect.StartTimer(timer));
  }

  void start(Node state, InvokeSpec invoke, @Nullable Object data) {
    Invocation invocation = new Invocation(state.name, invoke.name(), next++, data);
    invocations.add(invocation);
    effects.add(new Effect.StartInvocation(invocation));
  }

  /** Stops what a state has begun; nothing of it is told if it began in this very macrostep. */
  void leave(Node state) {
    if (state.timers.length > 0) {
      cancelTimers(state.name, null);
    }
    for (int i = 0; state.invokes.length > 0 && i < invocations.size(); ) {
      if (invocations.get(i).state().equals(state.name)) {
        cancel(invocations.remove(i));
      } else {
        i++;
      }
    }
  }

  /** Stops what was sent by a name. */
  void cancelSent(String name) {
    cancelTimers("", name);
  }

  void cancelAll() {
    timers.forEach(this::cancel);
    timers.clear();
    invocations.forEach(this::cancel);
    invocations.clear();
    deferred.clear();
  }

  private void cancelTimers(String state, @Nullable String name) {
    for (int i = 0; i < timers.size(); ) {
      PendingTimer timer = timers.get(i);
      if (timer.state().equals(state) && (name == null || timer.name().equals(name))) {
        timers.remove(i);
        cancel(timer);
      } else {
        i++;
      }
    }
  }

  private void cancel(PendingTimer timer) {
    if (!effects.remove(new Effect.StartTimer(timer))) {
      effects.add(new Effect.CancelTimer(timer));
    }
  }

  private void cancel(Invocation invocation) {
    if (!effects.remove(new Effect.StartInvocation(invocation))) {
      effects.add(new Effect.CancelInvocation(invocation));
    }
  }

  /** Forgets a timer that is due; returns false if it is not pending. */
  boolean settle(PendingTimer timer) {
    return timers.removeIf(each -> each.number() == timer.number());
  }

  /** Forgets work that has ended; returns false if it is not under way. */
  boolean settle(Invocation invocation) {
    return invocations.removeIf(each -> each.number() == invocation.number());
  }
}
