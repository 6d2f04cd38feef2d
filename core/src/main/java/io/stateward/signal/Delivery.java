package io.stateward.signal;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The manner in which a subscription is told of changes: which of them, when, and on what thread.
 *
 * <pre>{@code
 * signal.subscribe(Delivery.latest().on(Platform::runLater), change -> label.show(change.now()));
 * signal.subscribe(Delivery.every().on(worker).queue(10_000, Overflow.CLOSE), audit::append);
 * signal.subscribe(Delivery.debounce(Duration.ofMillis(300)), change -> search(change.now()));
 * }</pre>
 *
 * <p>Without an executor, {@link #every()} and {@link #latest()} call the subscriber inline, on a
 * thread that makes changes. A subscriber that blocks there holds up the other subscribers of that
 * store, though never its readers and writers. With an executor, changes wait in a queue of the
 * subscription's own, and a slow subscriber holds up nobody.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> If the executor refuses work, that is reported, and what was waiting goes with
 * the next change.
 *
 * @param mode which changes are handed over
 * @param period the length of throttling or debouncing; zero for the other modes
 * @param capacity how many changes may wait; 1 for every mode but {@link Mode#EVERY}
 * @param overflow what happens when one more arrives
 * @param executor where the subscriber runs; null for inline, or for the timekeeper's thread where
 *     time is involved
 * @param timekeeper whose time throttling and debouncing go by
 * @param startsWithCurrent whether the current value is handed over first
 * @param name the name of the subscriber, for errors and probes
 * @since 0.1
 */
public record Delivery(
    Mode mode,
    Duration period,
    int capacity,
    Overflow overflow,
    @Nullable Executor executor,
    Timekeeper timekeeper,
    boolean startsWithCurrent,
    String name) {

  /** Which changes are handed over. */
  public enum Mode {
    /** Every change. */
    EVERY,
    /** The latest change; what is overtaken is conflated. */
    LATEST,
    /** The latest change, at most once per period. */
    THROTTLE,
    /** The latest change, after a period without one. */
    DEBOUNCE
  }

  /** The bound of the queue unless {@link #queue} says otherwise, in changes. */
  public static final int DEFAULT_CAPACITY = 1_024;

  private static final Delivery EVERY = plain(Mode.EVERY, Duration.ZERO, DEFAULT_CAPACITY);
  private static final Delivery LATEST = plain(Mode.LATEST, Duration.ZERO, 1);

  /**
   * Checks that the parts fit together.
   *
   * @param mode which changes are handed over
   * @param period the length of throttling or debouncing
   * @param capacity how many changes may wait
   * @param overflow what happens when one more arrives
   * @param executor where the subscriber runs
   * @param timekeeper whose time it goes by
   * @param startsWithCurrent whether the current value is handed over first
   * @param name the name of the subscriber
   * @throws IllegalArgumentException if they do not
   */
  public Delivery {
    Objects.requireNonNull(overflow, "overflow");
    Objects.requireNonNull(timekeeper, "timekeeper");
    Objects.requireNonNull(name, "name");
    boolean timed = mode == Mode.THROTTLE || mode == Mode.DEBOUNCE;
    if (timed && (period.isNegative() || period.isZero())) {
      throw new IllegalArgumentException(
          "The period of %s is longer than zero, not %s.".formatted(mode, period));
    }
    if (capacity < 1) {
      throw new IllegalArgumentException("A queue holds at least 1 change, not " + capacity + ".");
    }
    if (mode != Mode.EVERY && capacity != 1) {
      throw new IllegalArgumentException(
          "%s keeps only the latest change and has no queue to bound; use Delivery.every().queue(%d, ...)."
              .formatted(mode, capacity));
    }
  }

  /**
   * Every change, in order.
   *
   * @return inline delivery of every change
   */
  public static Delivery every() {
    return EVERY;
  }

  /**
   * The latest change: while the subscriber is busy, or a newer commit is already made, what it
   * would have been told meanwhile becomes one change.
   *
   * @return inline delivery that conflates
   */
  public static Delivery latest() {
    return LATEST;
  }

  /**
   * At most one change per period: the first at once, then what is latest when the period ends.
   *
   * @param period the shortest time from one delivery to the next; more than zero
   * @return conflating delivery at a limited rate
   */
  public static Delivery throttle(Duration period) {
    return plain(Mode.THROTTLE, period, 1);
  }

  /**
   * The latest change, once nothing has changed for a while.
   *
   * @param quiet how long nothing must change before the subscriber is told; more than zero
   * @return conflating delivery after a pause
   */
  public static Delivery debounce(Duration quiet) {
    return plain(Mode.DEBOUNCE, quiet, 1);
  }

  /**
   * Hands changes over on an executor instead of the thread that makes them; for throttled and
   * debounced delivery, instead of the timekeeper's thread.
   *
   * @param executor where the subscriber runs, one task at a time
   * @return this delivery on that executor
   */
  public Delivery on(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return new Delivery(
        mode, period, capacity, overflow, executor, timekeeper, startsWithCurrent, name);
  }

  /**
   * Bounds the queue in which changes wait for the executor of {@link #every()}.
   *
   * @param capacity how many changes may wait; at least 1
   * @param overflow what happens when one more arrives
   * @return this delivery with that queue
   */
  public Delivery queue(int capacity, Overflow overflow) {
    return new Delivery(
        mode, period, capacity, overflow, executor, timekeeper, startsWithCurrent, name);
  }

  /**
   * Chooses whose time throttling and debouncing go by; {@link Timekeeper#system()} unless chosen.
   *
   * @param timekeeper the timekeeper
   * @return this delivery on that time
   */
  public Delivery timekeeper(Timekeeper timekeeper) {
    return new Delivery(
        mode, period, capacity, overflow, executor, timekeeper, startsWithCurrent, name);
  }

  /**
   * Starts with the current value, as a change from it to itself, without a gap before the next
   * one.
   *
   * @return this delivery, starting with the current value
   */
  public Delivery withCurrent() {
    return new Delivery(mode, period, capacity, overflow, executor, timekeeper, true, name);
  }

  /**
   * Names the subscriber, for errors and probes.
   *
   * @param name the name
   * @return this delivery under that name
   */
  public Delivery named(String name) {
    return new Delivery(
        mode, period, capacity, overflow, executor, timekeeper, startsWithCurrent, name);
  }

  private static Delivery plain(Mode mode, Duration period, int capacity) {
    return new Delivery(
        mode,
        period,
        capacity,
        Overflow.MERGE_OLDEST,
        null,
        Timekeeper.system(),
        false,
        "subscriber");
  }
}
