package io.stateward.time;

import java.time.Duration;

/**
 * A rule that says when to act on events that come too often: the one behind throttled and
 * debounced delivery, and behind everything else that throttles or debounces.
 *
 * <pre>{@code
 * Pacing.State state = Pacing.debounce(Duration.ofMillis(300)).start();
 * boolean atOnce = state.event(time.nanoTime()); // false: this rule acts when it is quiet
 * long delay = state.nanosUntilDue(time.nanoTime()); // 300 ms from the last event
 * }</pre>
 *
 * <p>It knows no clock, no timer and no value: it is told the times, and answers with times.
 *
 * <pre>
 *   events             a  b  c                     d
 *   debounce, 4    ....x..x..x...C.................x...D      after a pause
 *   leading        ....A..x..x...C.................D          and before it
 *   throttle, 4    ....A..x..x.B|..C|..............D          at once, then at most one per period
 * </pre>
 *
 * <p><b>Thread safety.</b> The rule is immutable; a state of it is confined to one thread at a
 * time.
 *
 * @param mode throttle or debounce
 * @param periodNanos the period or the pause, in nanoseconds; more than zero
 * @param leading whether to act at once on the first event after a rest
 * @param trailing whether to act on the last event when its time has come
 * @param maxWaitNanos how long an event waits at most while others follow it, in nanoseconds;
 *     {@link #NEVER} for as long as it takes
 * @since 0.1
 */
public record Pacing(
    Mode mode, long periodNanos, boolean leading, boolean trailing, long maxWaitNanos) {

  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Which of the two rules. */
  public enum Mode {
    /** At most once per period. */
    THROTTLE,
    /** After a pause. */
    DEBOUNCE
  }

  /**
   * Checks that the parts fit together.
   *
   * @param mode throttle or debounce
   * @param periodNanos the period or the pause, in nanoseconds
   * @param leading whether to act at once on the first event after a rest
   * @param trailing whether to act on the last event when its time has come
   * @param maxWaitNanos how long an event waits at most, in nanoseconds
   * @throws IllegalArgumentException if they do not
   */
  public Pacing {
    if (periodNanos <= 0) {
      throw new IllegalArgumentException(
          "The period of %s is longer than zero, not %s."
              .formatted(mode, Duration.ofNanos(periodNanos)));
    }
    if (!leading && !trailing) {
      throw new IllegalArgumentException(
          "Something that acts neither on the leading nor on the trailing edge never acts. Choose one, or both.");
    }
    if (maxWaitNanos < periodNanos) {
      throw new IllegalArgumentException(
          "Nothing waits longer than %s at most, so a pause of %s would never count. Make the longest wait at least as long as the pause."
              .formatted(Duration.ofNanos(maxWaitNanos), Duration.ofNanos(periodNanos)));
    }
  }

  /**
   * Acts at most once per period: at once on the first event, then on the last one when the period
   * ends.
   *
   * @param period the shortest time between two actions; more than zero
   * @return the rule
   * @throws IllegalArgumentException if the period is zero or less
   */
  public static Pacing throttle(Duration period) {
    return new Pacing(Mode.THROTTLE, period.toNanos(), true, true, NEVER);
  }

  /**
   * Acts on the last event, once none has come for a while.
   *
   * @param quiet the pause; more than zero
   * @return the rule
   * @throws IllegalArgumentException if the pause is zero or less
   */
  public static Pacing debounce(Duration quiet) {
    return new Pacing(Mode.DEBOUNCE, quiet.toNanos(), false, true, NEVER);
  }

  /**
   * Chooses the edges of a burst of events on which to act.
   *
   * @param first whether to act at once on the first event after a rest
   * @param last whether to act on the last event when its time has come
   * @return this rule with those edges
   * @throws IllegalArgumentException if there is neither
   */
  public Pacing edges(boolean first, boolean last) {
    return new Pacing(mode, periodNanos, first, last, maxWaitNanos);
  }

  /**
   * Acts in the middle of a burst that is too long, too.
   *
   * @param limit how long an event waits at most while others follow it; at least as long as the
   *     pause
   * @return this rule with that limit
   * @throws IllegalArgumentException if it is shorter than the pause
   */
  public Pacing maxWait(Duration limit) {
    return new Pacing(mode, periodNanos, leading, trailing, limit.toNanos());
  }

  /**
   * Starts to apply the rule.
   *
   * @return a state in which nothing has happened
   */
  public State start() {
    return new State(this);
  }

  /**
   * What has happened so far, under one rule.
   *
   * <p>The caller says when there was an event, asks when to come back, and says when it has acted.
   *
   * <p><b>Thread safety.</b> One thread at a time.
   */
  public static final class State {

    private final Pacing rule;
    private boolean busy; // in a burst, or within a period
    private boolean waiting; // some event is to be acted on, when its time has come
    private long sinceNanos; // when the first of those events came
    private long eventNanos; // when the last event came; of a throttle, when the period began

    private State(Pacing rule) {
      this.rule = rule;
    }

    /**
     * Notes an event.
     *
     * @param nowNanos when it happens; not before what was noted earlier
     * @return whether to act on it now, which counts as done; otherwise it waits, or is passed over
     */
    public boolean event(long nowNanos) {
      settle(nowNanos);
      boolean first = !busy;
      if (first || rule.mode == Mode.DEBOUNCE) {
        eventNanos = nowNanos;
      }
      busy = true;
      if (first && rule.leading) {
        return true;
      }
      if (rule.trailing && !waiting) {
        waiting = true;
        sinceNanos = nowNanos;
      }
      return false;
    }

    /**
     * Tells whether an event waits for its time.
     *
     * @return whether there is something to act on
     */
    public boolean isWaiting() {
      return waiting;
    }

    /**
     * Tells how long it is until the event that waits is to be acted on.
     *
     * @param nowNanos the time
     * @return nanoseconds, zero or less if its time has come; {@link Pacing#NEVER} if none waits
     */
    public long nanosUntilDue(long nowNanos) {
      if (!waiting) {
        return NEVER;
      }
      long pause = rule.periodNanos - (nowNanos - eventNanos);
      return rule.maxWaitNanos == NEVER
          ? pause
          : Math.min(pause, rule.maxWaitNanos - (nowNanos - sinceNanos));
    }

    /**
     * Notes that what waited was acted on: because its time had come, or before.
     *
     * @param nowNanos when that was; for a throttle, the next period begins here
     */
    public void acted(long nowNanos) {
      waiting = false;
      if (rule.mode == Mode.THROTTLE) {
        busy = true;
        eventNanos = nowNanos;
      } else {
        settle(nowNanos);
      }
    }

    /** Forgets everything, as if nothing had happened. */
    public void reset() {
      busy = false;
      waiting = false;
    }

    /** Ends the burst or the period if it is over and nothing waits in it. */
    private void settle(long nowNanos) {
      if (busy && !waiting && nowNanos - eventNanos >= rule.periodNanos) {
        busy = false;
      }
    }
  }
}
