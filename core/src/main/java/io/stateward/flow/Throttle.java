package io.stateward.flow;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import io.stateward.time.Pacing;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Acts on the latest of many values, at most once per period.
 *
 * <pre>{@code
 * Throttle<Point> moved = page.own(Throttle.every(Duration.ofMillis(16)).calling(canvas::draw));
 * mouse.onMove(moved::submit);
 * }</pre>
 *
 * <p>The first value after a rest is acted on at once, and then, while more come, the latest one at
 * the end of each period. Values that are overtaken are dropped.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Actions are called one at a time, in order; a value that is submitted by the
 * action itself is acted on after it. Unless an executor is chosen, an action runs on the thread
 * that submits or flushes, or on the timekeeper's.
 *
 * <p><b>Failure.</b> An action that throws is reported, and the next one is called as usual. If the
 * executor refuses an action, that is reported, and the action is lost.
 *
 * @param <T> the type of the values
 * @since 0.1
 */
public sealed interface Throttle<T extends @Nullable Object> extends Subscription permits Paced {

  /**
   * Starts to describe a throttle that acts at once, and at the end of each period.
   *
   * @param period the shortest time between two actions; more than zero
   * @return the settings
   * @throws IllegalArgumentException if that is zero or less
   */
  static Settings every(Duration period) {
    return new Settings("throttle", Pacing.throttle(period), Timekeeper.system(), Runnable::run);
  }

  /**
   * Takes a value.
   *
   * @param value the value
   * @throws ClosedException if this is closed
   */
  void submit(T value);

  /**
   * Acts on the value that waits now, instead of when its time comes.
   *
   * @return whether there was one
   */
  boolean flush();

  /**
   * Drops the value that waits, and forgets what was submitted before: the next value is a first
   * one.
   *
   * @return whether a value was waiting
   */
  boolean cancel();

  /**
   * Tells whether a value waits for its time.
   *
   * @return whether {@link #flush} would act
   */
  boolean isWaiting();

  /**
   * Drops the value that waits, and acts no more. To act on it, {@link #flush} first. Closing again
   * does nothing.
   */
  @Override
  void close();

  /**
   * How to throttle.
   *
   * <p><b>Thread safety.</b> Immutable, if the timekeeper and the executor may be shared.
   *
   * @param name the name, for errors
   * @param pacing the rule
   * @param timekeeper whose time it goes by; {@link Timekeeper#system()} unless chosen
   * @param executor where the action runs
   */
  record Settings(String name, Pacing pacing, Timekeeper timekeeper, Executor executor) {

    /**
     * Checks the parts.
     *
     * @param name the name
     * @param pacing the rule
     * @param timekeeper whose time it goes by
     * @param executor where the action runs
     */
    public Settings {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(pacing, "pacing");
      Objects.requireNonNull(timekeeper, "timekeeper");
      Objects.requireNonNull(executor, "executor");
    }

    private Settings with(Pacing other) {
      return new Settings(name, other, timekeeper, executor);
    }

    /**
     * Acts at once on the first value of a period, and passes over the rest of it.
     *
     * @return these settings with the leading edge alone
     */
    public Settings leadingOnly() {
      return with(pacing.edges(true, false));
    }

    /**
     * Acts at the end of each period alone, on the latest value.
     *
     * @return these settings with the trailing edge alone
     */
    public Settings trailingOnly() {
      return with(pacing.edges(false, true));
    }

    /**
     * Chooses whose time it goes by.
     *
     * @param time the timekeeper
     * @return these settings on that time
     */
    public Settings timekeeper(Timekeeper time) {
      return new Settings(name, pacing, time, executor);
    }

    /**
     * Chooses where the action runs.
     *
     * @param other the executor
     * @return these settings on that executor
     */
    public Settings on(Executor other) {
      return new Settings(name, pacing, timekeeper, other);
    }

    /**
     * Names it, for errors.
     *
     * @param other the name
     * @return these settings under that name
     */
    public Settings named(String other) {
      return new Settings(other, pacing, timekeeper, executor);
    }

    /**
     * Makes it.
     *
     * @param <T> the type of the values
     * @param action called with the values that are acted on
     * @return a new one, to which nothing was submitted
     */
    public <T extends @Nullable Object> Throttle<T> calling(Consumer<? super T> action) {
      Objects.requireNonNull(action, "action");
      return new Paced<>("Throttle '" + name + "'", pacing, timekeeper, executor, action);
    }
  }
}
