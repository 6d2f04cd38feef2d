package io.stateward.signal.internal;

import io.stateward.signal.ClosedException;
import io.stateward.signal.PublishedSignal;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A root whose value is looked up: by who reads it, and at a pace while somebody is attached.
 *
 * <p>Thread safety: safe for any number of threads. One sample is taken at a time, as an update, so
 * that the later one has the higher version. While somebody is attached, reads take none, so that
 * subscribers are told at the pace and not as often as others read.
 */
public final class Sampled<T> extends Root<T> implements PublishedSignal<T> {

  private final Supplier<? extends T> sample;
  private final Duration pace;
  private final Timekeeper timekeeper;
  private final AtomicBoolean sampling = new AtomicBoolean();
  private @Nullable Timer next; // guarded by lock()
  private long round; // guarded by lock(); the beats of an earlier one have ended

  /**
   * Creates a signal of samples.
   *
   * @param sample looks the value up
   * @param pace how often it is looked up while somebody is attached
   * @param timekeeper whose time that is
   */
  public Sampled(Supplier<? extends T> sample, Duration pace, Timekeeper timekeeper) {
    super("signal of samples", Objects.requireNonNull(sample.get(), "sample"));
    if (pace.isNegative() || pace.isZero()) {
      throw new IllegalArgumentException(
          "The pace of samples is longer than zero, not %s.".formatted(pace));
    }
    this.sample = sample;
    this.pace = pace;
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
  }

  @Override
  public T get() {
    refresh();
    return super.get();
  }

  @Override
  Cell<T> latest() {
    refresh();
    return super.latest();
  }

  @Override
  @Nullable Cell<?> prepare() {
    refresh();
    return super.prepare();
  }

  private void refresh() {
    if (isIdle() && !isClosed() && !Turn.current().holdsLock()) {
      take();
    }
  }

  private void take() {
    if (!sampling.compareAndSet(false, true)) {
      return; // somebody looks it up right now; reads do not wait
    }
    Look look = new Look();
    try {
      update(look);
    } catch (ClosedException e) {
      // closed meanwhile: the value stays
    } finally {
      look.end();
    }
    Throwable failure = look.failure;
    if (failure != null) {
      String what = "Its sample threw; the signal keeps its last value.";
      Probes.report("'" + name() + "'", what, failure);
    }
  }

  /** Looks the value up, as an update. When it has, others may, while subscribers are told. */
  private final class Look implements UnaryOperator<T> {
    private boolean ended;
    @Nullable Throwable failure;

    @Override
    public T apply(T was) {
      try {
        T now = Objects.requireNonNull(sample.get(), "sample");
        return same(was, now) ? was : now;
      } catch (Throwable t) { // foreign code
        failure = t;
        return was;
      } finally {
        end();
      }
    }

    void end() {
      if (!ended) {
        ended = true;
        sampling.set(false);
      }
    }
  }

  @Override
  void activate() {
    long mine = ++round;
    next = timekeeper.schedule(pace, () -> beat(mine));
  }

  @Override
  void deactivate() {
    round++;
    Timer pending = next;
    next = null;
    if (pending != null) {
      pending.cancel();
    }
  }

  private void beat(long mine) {
    try {
      take();
    } finally {
      lock().lock();
      try {
        if (round == mine) {
          next = timekeeper.schedule(pace, () -> beat(mine));
        }
      } finally {
        lock().unlock();
      }
    }
  }

  @Override
  public void close() {
    super.close();
    lock().lock();
    try {
      deactivate(); // whoever is attached is told of nothing any more
    } finally {
      lock().unlock();
    }
  }
}
