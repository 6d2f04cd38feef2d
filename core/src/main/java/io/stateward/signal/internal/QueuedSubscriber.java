package io.stateward.signal.internal;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Delivery.Mode;
import io.stateward.signal.Overflow;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber with a bounded queue, which an executor empties, at once or when it is time.
 *
 * <p>At most one task or timer is under way; the scheduled flag says so. Whoever adds a change and
 * finds it clear sets it and arranges the next run; the run clears it in the same step in which it
 * finds the queue empty. So deliveries are serial, and no change is left behind.
 */
final class QueuedSubscriber<T extends @Nullable Object> extends Subscriber<T> {

  private final Delivery delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Cell<T>> queue = new ArrayDeque<>(1); // guarded by lock
  private boolean scheduled; // guarded by lock
  private boolean overflowing; // guarded by lock
  private long lastNanos; // guarded by lock: when a change was last added, or handed over
  private boolean everHanded; // guarded by lock
  private volatile @Nullable Timer timer;

  QueuedSubscriber(
      Node<T> node, Delivery delivery, Consumer<? super Change<T>> callback, Runnable ended) {
    super(node, delivery.name(), callback, ended);
    this.delivery = delivery;
    this.scheduled = delivery.startsWithCurrent(); // changes wait until the current value is told
  }

  @Override
  void begin() {
    if (delivery.startsWithCurrent()) {
      execute(this::runFirst);
    }
  }

  @Override
  boolean offer(@Nullable Cell<T> was, Cell<T> now, Turn turn) {
    if (isClosed() || isPast(now)) {
      return false;
    }
    boolean arrange;
    boolean overflow = false;
    long nanos = delivery.mode() == Mode.DEBOUNCE ? delivery.timekeeper().nanoTime() : 0;
    lock.lock();
    try {
      if (queue.size() == delivery.capacity()) {
        queue.poll(); // what follows starts where the subscriber was, so the two become one
        overflow = delivery.mode() == Mode.EVERY && !overflowing;
        overflowing |= overflow;
      }
      queue.add(now);
      arrange = !scheduled;
      scheduled = true;
      if (delivery.mode() == Mode.DEBOUNCE) {
        lastNanos = nanos;
      }
    } finally {
      lock.unlock();
    }
    if (overflow && !tolerates()) {
      return false;
    }
    if (arrange) {
      arrange();
    }
    return true;
  }

  @Override
  void stop() {
    Timer pending = timer;
    if (pending != null) {
      pending.cancel();
    }
  }

  private boolean tolerates() {
    boolean ends = delivery.overflow() == Overflow.CLOSE;
    Probes.report(
        "Subscriber '%s' of '%s'".formatted(name(), node().name()),
        "Its queue of %d changes overflowed; %s."
            .formatted(
                delivery.capacity(),
                ends ? "the subscription is closed" : "the oldest are merged until it catches up"),
        null);
    if (ends) {
      end();
    }
    return !ends;
  }

  /** Sees to it that the queue is emptied when it is time. For who has set the scheduled flag. */
  private void arrange() {
    Duration delay = delay();
    if (delay.isNegative() || delay.isZero()) {
      execute(this::run);
    } else {
      timer = delivery.timekeeper().schedule(delay, this::due);
    }
  }

  private Duration delay() {
    if (delivery.mode().compareTo(Mode.LATEST) <= 0) {
      return Duration.ZERO;
    }
    long nanos = delivery.timekeeper().nanoTime();
    lock.lock();
    try {
      boolean first = delivery.mode() == Mode.THROTTLE && !everHanded;
      return first ? Duration.ZERO : delivery.period().minusNanos(nanos - lastNanos);
    } finally {
      lock.unlock();
    }
  }

  private void due() {
    if (!isClosed()) {
      arrange(); // a debounced change may have put it off
    }
  }

  private void execute(Runnable work) {
    Executor executor = delivery.executor();
    if (executor == null) {
      work.run();
      return;
    }
    try {
      executor.execute(work);
    } catch (Throwable t) { // rejected, most likely
      lock.lock();
      try {
        scheduled = false;
      } finally {
        lock.unlock();
      }
      Probes.report(
          "Subscriber '%s' of '%s'".formatted(name(), node().name()),
          "Its executor refused to run it; what waits goes with the next change.",
          t);
    }
  }

  private void runFirst() {
    if (!isClosed()) {
      handCurrent(Turn.current());
    }
    run();
  }

  private void run() {
    for (Cell<T> next = poll(); next != null; next = poll()) {
      if (!isClosed()) {
        hand(null, next, Turn.current());
      }
      if (delivery.mode() == Mode.THROTTLE) {
        rest();
        return;
      }
    }
  }

  private @Nullable Cell<T> poll() {
    lock.lock();
    try {
      Cell<T> next = queue.poll();
      scheduled = next != null;
      overflowing &= scheduled;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a throttled run: what came meanwhile waits for the rest of the period. */
  private void rest() {
    boolean more;
    long nanos = delivery.timekeeper().nanoTime();
    lock.lock();
    try {
      everHanded = true;
      lastNanos = nanos;
      more = !queue.isEmpty();
      scheduled = more;
    } finally {
      lock.unlock();
    }
    if (more) {
      arrange();
    }
  }
}
