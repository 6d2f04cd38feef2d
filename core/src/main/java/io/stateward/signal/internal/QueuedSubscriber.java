package io.stateward.signal.internal;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Delivery.Mode;
import io.stateward.signal.Overflow;
import io.stateward.time.Pacing;
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
  private final Pacing.@Nullable State pacing; // guarded by lock; null if time is not involved
  private boolean atOnce; // guarded by lock: whether the pacing wants a change handed over now
  private volatile @Nullable Timer timer;

  QueuedSubscriber(
      Node<T> node, Delivery delivery, Consumer<? super Change<T>> callback, Runnable ended) {
    super(node, delivery.name(), callback, ended);
    this.delivery = delivery;
    this.scheduled = delivery.startsWithCurrent(); // changes wait until the current value is told
    this.pacing = pacing(delivery);
  }

  private static Pacing.@Nullable State pacing(Delivery delivery) {
    return switch (delivery.mode()) {
      case EVERY, LATEST -> null;
      case THROTTLE -> Pacing.throttle(delivery.period()).start();
      case DEBOUNCE -> Pacing.debounce(delivery.period()).start();
    };
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
    long nanos = nanoTime();
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
      if (pacing != null) {
        atOnce |= pacing.event(nanos);
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
    long nanos = nanoTime();
    lock.lock();
    try {
      return pacing == null || atOnce
          ? Duration.ZERO
          : Duration.ofNanos(pacing.nanosUntilDue(nanos));
    } finally {
      lock.unlock();
    }
  }

  private long nanoTime() {
    return pacing == null ? 0 : delivery.timekeeper().nanoTime();
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
      if (pacing != null) {
        rest();
        return;
      }
    }
  }

  private @Nullable Cell<T> poll() {
    long nanos = nanoTime();
    lock.lock();
    try {
      Cell<T> next = queue.poll();
      scheduled = next != null;
      overflowing &= scheduled;
      if (next != null && pacing != null) {
        atOnce = false;
        pacing.acted(nanos);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a timed run: what came meanwhile waits for its own time. */
  private void rest() {
    boolean more;
    lock.lock();
    try {
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
