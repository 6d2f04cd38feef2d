package io.stateward.history;

import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of a history that is to be started.
 *
 * <pre>{@code
 * History<Drawing> history = History.over(store)
 *     .steps(500)
 *     .retaining(10_000_000, StepSize.whole(Drawing::bytes))
 *     .coalescing(Duration.ofSeconds(1))
 *     .start();
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public final class HistoryBuilder<S> {

  /** How many steps are kept unless {@link #steps} says otherwise. */
  public static final int DEFAULT_STEPS = 100;

  /**
   * How soon changes follow each other that coalesce, unless {@link #coalescing} says otherwise.
   */
  public static final Duration DEFAULT_WINDOW = Duration.ofMillis(500);

  private final Store<S> store;
  private int steps = DEFAULT_STEPS;
  private long retained = Long.MAX_VALUE;
  private StepSize<? super S> size = (older, newer) -> 0;
  private Duration window = DEFAULT_WINDOW;
  private Timekeeper timekeeper = Timekeeper.system();

  HistoryBuilder(Store<S> store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * Bounds the number of steps, those that can be undone and those that can be redone together. One
   * more drops the oldest.
   *
   * @param most how many steps are kept; at least 1
   * @return this builder
   */
  public HistoryBuilder<S> steps(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "A history keeps at least 1 step, not %d; close it to keep none.".formatted(most));
    }
    this.steps = most;
    return this;
  }

  /**
   * Bounds the sum of the sizes of the steps. Above it the oldest are dropped; a step that is
   * larger all by itself is not kept either.
   *
   * @param most the largest sum, inclusive, in the unit of the estimate; at least 1
   * @param estimate the size of a step
   * @return this builder
   */
  public HistoryBuilder<S> retaining(long most, StepSize<? super S> estimate) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "A history retains at least 1 unit of the estimate, not %d.".formatted(most));
    }
    this.retained = most;
    this.size = Objects.requireNonNull(estimate, "estimate");
    return this;
  }

  /**
   * Chooses how soon changes with the same key follow each other to be one step.
   *
   * @param window the longest time since the latest change of the step, inclusive; not negative
   * @return this builder
   */
  public HistoryBuilder<S> coalescing(Duration window) {
    if (window.isNegative()) {
      throw new IllegalArgumentException(
          "A window is zero or longer, not %s; zero coalesces only what happens at the same instant."
              .formatted(window));
    }
    this.window = window;
    return this;
  }

  /**
   * Chooses whose time coalescing goes by; {@link Timekeeper#system()} unless chosen. Its monotonic
   * clock is read at every commit, under the store's lock.
   *
   * @param timekeeper the timekeeper
   * @return this builder
   */
  public HistoryBuilder<S> timekeeper(Timekeeper timekeeper) {
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
    return this;
  }

  /**
   * Starts the history.
   *
   * @return the history; the present state is the earliest one to go back to
   * @throws io.stateward.signal.ClosedException if the store is closed
   * @throws io.stateward.signal.NestedUpdateException if an updater does it
   */
  public History<S> start() {
    boolean endless = window.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0;
    long windowNanos = endless ? Long.MAX_VALUE : window.toNanos();
    var rules = new Rules<S>(steps, retained, size, windowNanos, store);
    return RecordingHistory.start(store, rules, timekeeper);
  }
}
