package io.stateward.signal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What the signals of one subject share: the flaw, and what it needs to go wrong. */
final class FlawedWorld {

  final SignalFlaw flaw;
  final Duration patience;
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger waiting = new AtomicInteger(); // tasks that an executor has not run
  final List<Object> held = new CopyOnWriteArrayList<>();
  final List<Object> list = new CopyOnWriteArrayList<>();
  final Queue<FlawedSubscription<?>> inline = new ConcurrentLinkedQueue<>();
  final Map<Object, Queue<Subscription>> twins = new ConcurrentHashMap<>();
  final Queue<Subscription> closing = new ConcurrentLinkedQueue<>();
  final ThreadLocal<Change<?>> telling = new ThreadLocal<>();
  final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
  volatile Change<?> toldLast;
  volatile Signal<?> subject;
  private final ThreadLocal<Deque<Integer>> putOff = new ThreadLocal<>();
  private final ThreadLocal<Throwable> thrown = new ThreadLocal<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock writers = new ReentrantLock();
  private volatile Integer lag;

  FlawedWorld(SignalFlaw flaw, Duration patience) {
    this.flaw = flaw;
    this.patience = patience;
  }

  /** Wraps the way in which the right signal is changed. */
  IntConsumer change(Signal<Integer> right, IntConsumer change) {
    subject = right;
    return value -> {
      closing.removeIf(
          subscription -> {
            subscription.close();
            return true;
          });
      depth.set(depth.get() + 1);
      try {
        set(right, change, value);
      } finally {
        depth.set(depth.get() - 1);
      }
      rethrow();
    };
  }

  private void set(Signal<Integer> right, IntConsumer change, int value) {
    boolean nested = telling.get() != null;
    Integer was = right.get();
    switch (flaw) {
      case READS_LAG_BEHIND -> {
        change.accept(value);
        lag = was;
      }
      case PUTS_OFF_CHANGES_OF_CALLBACKS -> setLater(change, value, nested);
      case TELLS_WHERE_IT_IS_WRITTEN -> {
        change.accept(value);
        long version = right.version();
        inline.forEach(one -> one.tellUnchecked(new Change<>(was, value, version)));
      }
      case TELLS_UNDER_THE_LOCK_OF_WRITERS -> exclusively(writers, () -> change.accept(value));
      case TELLS_OF_EQUAL_VALUES -> {
        change.accept(value);
        if (was == value) {
          inline.forEach(one -> one.tellUnchecked(new Change<>(was, value, right.version())));
        }
      }
      case HIDES_THE_CHAIN_OF_CAUSES -> {
        if (nested) {
          Concurrently.elsewhere(patience, () -> change.accept(value));
        } else {
          change.accept(value);
        }
      }
      case CUTS_CHAINS_EARLY -> {
        if (nested && value > 100) {
          throw new FeedbackLoopException("flawed", 100, List.of("too early"));
        }
        change.accept(value);
      }
      case TELLS_BEFORE_PUBLISHING -> {
        Change<?> outer = telling.get();
        telling.remove();
        change.accept(value);
        if (outer != null) {
          telling.set(new Change<>(value, value, 0));
        }
      }
      default -> change.accept(value);
    }
  }

  private void setLater(IntConsumer change, int value, boolean nested) {
    Deque<Integer> later = putOff.get();
    if (nested && later != null) {
      later.add(value);
      return;
    }
    Deque<Integer> own = new ArrayDeque<>(List.of(value));
    putOff.set(own);
    try {
      for (Integer next = own.poll(); next != null; next = own.poll()) {
        change.accept(next);
      }
    } finally {
      putOff.remove();
    }
  }

  /** Keeps what the writer is to get instead of whoever threw it. */
  void toWriter(Throwable t) {
    thrown.set(t);
  }

  private void rethrow() {
    Throwable t = thrown.get();
    thrown.remove();
    if (t instanceof RuntimeException exception) {
      throw exception;
    }
    if (t instanceof Error error) {
      throw error;
    }
  }

  @SuppressWarnings("unchecked") // all signals that lag are of integers
  <T> T lagging(T now) {
    Integer before = lag;
    lag = null;
    return before == null ? now : (T) before;
  }

  @SuppressWarnings("unchecked") // what is told is of the signal that is read
  <T> T notYet(T now) {
    Change<?> change = telling.get();
    return change == null ? now : (T) change.was();
  }

  void locked(Runnable work) {
    exclusively(lock, work);
  }

  <R> R locked(Supplier<R> work) {
    List<R> result = new ArrayList<>();
    exclusively(lock, () -> result.add(work.get()));
    return result.get(0);
  }

  private void exclusively(ReentrantLock exclusive, Runnable work) {
    try {
      if (!exclusive.tryLock(patience.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("blocked");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    try {
      work.run();
    } finally {
      exclusive.unlock();
    }
  }
}
