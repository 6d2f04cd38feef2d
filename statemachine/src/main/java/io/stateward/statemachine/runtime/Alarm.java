package io.stateward.statemachine.runtime;

import io.stateward.signal.Probe;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wakes an actor for the earliest of its timers: one schedule, however many timers there are.
 *
 * <p>Thread safety: of whoever has the turn; what is scheduled does nothing but post.
 */
final class Alarm<S> {

  /** Longer than this is waited for in stretches. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final LiveActor<S, ?> actor;
  private final Set<Long> spent = new HashSet<>(2); // nobody knows what they lead to
  private @Nullable PendingTimer armed;
  private @Nullable PendingTimer due;
  private @Nullable Timer schedule;

  Alarm(LiveActor<S, ?> actor) {
    this.actor = actor;
  }

  /** Waits for the earliest timer of a snapshot, and for no other. */
  void set(Snapshot<S> snapshot) {
    due = null;
    PendingTimer earliest = earliest(snapshot);
    if (earliest == null) {
      cancel();
      return;
    }
    Duration delay = Duration.between(actor.home().now(), earliest.deadline());
    if (delay.isZero() || delay.isNegative()) {
      cancel();
      due = earliest;
    } else if (armed == null || armed.number() != earliest.number()) {
      cancel();
      arm(earliest, delay);
    }
  }

  private @Nullable PendingTimer earliest(Snapshot<S> snapshot) {
    PendingTimer earliest = null;
    for (PendingTimer timer : snapshot.timers()) {
      boolean earlier = earliest == null || timer.deadline().isBefore(earliest.deadline());
      if (earlier && !spent.contains(timer.number())) {
        earliest = timer;
      }
    }
    return earliest;
  }

  private void arm(PendingTimer timer, Duration delay) {
    boolean far = delay.compareTo(LONGEST) > 0;
    armed = timer;
    try {
      schedule =
          actor
              .home()
              .timekeeper()
              .schedule(far ? LONGEST : delay, () -> actor.post(new Mail.Due(timer, far), false));
    } catch (RuntimeException e) { // it is closed
      Probe.report(actor.id(), "It cannot wait for %s, which will not come.".formatted(timer), e);
    }
  }

  /** A schedule has ended; it counts if it is the one that is waited for. */
  void ring(PendingTimer timer, boolean early, Snapshot<S> snapshot) {
    if (armed != timer) {
      return;
    }
    armed = null;
    schedule = null;
    if (early) {
      set(snapshot);
    } else {
      due = timer; // whatever the clock says: it has been waited for
    }
  }

  /** Whether a timer is waited for. */
  boolean isWaiting() {
    return armed != null || due != null;
  }

  boolean isDue() {
    return due != null;
  }

  /** Returns the timer that is due, which from now on is not to be waited for. */
  PendingTimer takeDue() {
    PendingTimer timer = Objects.requireNonNull(due);
    due = null;
    return timer;
  }

  /** What a timer leads to is unknown: it is not tried again, though the snapshot has it. */
  void spend(PendingTimer timer) {
    spent.add(timer.number());
  }

  /** Returns the time at which a timer that is due fires. */
  Instant time(PendingTimer timer) {
    Instant now = actor.home().now();
    return now.isBefore(timer.deadline()) ? timer.deadline() : now;
  }

  void cancel() {
    Timer scheduled = schedule;
    armed = null;
    schedule = null;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }
}
