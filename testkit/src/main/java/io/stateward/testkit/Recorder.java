package io.stateward.testkit;

import io.stateward.signal.Change;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that keeps what it is told.
 *
 * <pre>{@code
 * try (Recorder<Integer> total = Recorder.of(cart.select(Cart::total))) {
 *   cart.update(c -> c.plus(apple));
 *   assertThat(total.values()).containsExactly(3);
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads: one may record while others read and
 * wait.
 *
 * <p><b>Ordering.</b> Changes are kept in the order in which they were told.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public final class Recorder<T extends @Nullable Object> implements Subscription {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final List<Change<T>> changes = new ArrayList<>(); // guarded by lock
  private final String name;
  private final Subscription subscription;

  private Recorder(Signal<T> signal, Delivery delivery) {
    name = signal.name();
    subscription = signal.subscribe(delivery, this::record);
  }

  /**
   * Records every change of a signal, on the thread that makes it.
   *
   * @param <T> the type of the value
   * @param signal the signal
   * @return a recorder that is subscribed
   * @throws ClosedException if what the signal comes from is closed
   */
  public static <T extends @Nullable Object> Recorder<T> of(Signal<T> signal) {
    return of(signal, Delivery.every());
  }

  /**
   * Records the changes of a signal as a delivery hands them over.
   *
   * @param <T> the type of the value
   * @param signal the signal
   * @param delivery which changes, and where
   * @return a recorder that is subscribed
   * @throws ClosedException if what the signal comes from is closed
   */
  public static <T extends @Nullable Object> Recorder<T> of(Signal<T> signal, Delivery delivery) {
    Objects.requireNonNull(signal, "signal");
    Objects.requireNonNull(delivery, "delivery");
    return new Recorder<>(signal, delivery);
  }

  private void record(Change<T> change) {
    lock.lock();
    try {
      changes.add(change);
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what was told since the beginning, or since {@link #clear}.
   *
   * @return a copy, first change first
   */
  public List<Change<T>> changes() {
    lock.lock();
    try {
      return List.copyOf(changes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the new values of {@link #changes()}.
   *
   * @return a copy, first value first; it holds null where a value was null
   */
  public List<T> values() {
    List<T> values = new ArrayList<>();
    for (Change<T> change : changes()) {
      values.add(change.now());
    }
    return values;
  }

  /**
   * Returns what was told last.
   *
   * @return the last of {@link #changes()}
   * @throws NoSuchElementException if there is none
   */
  public Change<T> last() {
    List<Change<T>> told = changes();
    if (told.isEmpty()) {
      throw new NoSuchElementException(
          "'%s' has told nothing since the recording began or was cleared. If it tells on another thread, await(1, timeout) first."
              .formatted(name));
    }
    return told.get(told.size() - 1);
  }

  /** Forgets what was told so far. */
  public void clear() {
    lock.lock();
    try {
      changes.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until at least so many changes are recorded. It wakes when they are, so a long time-out
   * costs nothing where all is well.
   *
   * @param count how many changes, those recorded already included
   * @param timeout how long to wait at most, in real time
   * @return what was told, at least that many
   * @throws AssertionError if the time is over, or the thread is interrupted, before there are that
   *     many
   */
  public List<Change<T>> await(int count, Duration timeout) {
    long nanos = timeout.toNanos();
    lock.lock();
    try {
      while (changes.size() < count) {
        if (nanos <= 0) {
          throw new AssertionError(
              "'%s' told %d changes within %s instead of %d: %s"
                  .formatted(name, changes.size(), timeout, count, changes));
        }
        nanos = told.awaitNanos(nanos);
      }
      return List.copyOf(changes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(
          "Interrupted while '%s' was to tell %d changes; it had told %s."
              .formatted(name, count, changes),
          e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the subscription. What was recorded can still be read. */
  @Override
  public void close() {
    subscription.close();
  }
}
