package io.stateward.signal.internal;

import io.stateward.signal.Delivery;
import io.stateward.signal.Overflow;
import io.stateward.signal.Signal;
import io.stateward.signal.StatewardException;
import io.stateward.signal.Subscription;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A signal as a {@link Flow.Publisher}, by the rules of Reactive Streams 1.0.4 (section numbers in
 * the comments are those of its specification).
 */
public final class ToPublisher<T extends @Nullable Object> implements Flow.Publisher<T> {

  private final Signal<T> signal;
  private final Delivery delivery;

  /**
   * Creates a publisher.
   *
   * @param signal where the values come from
   * @param delivery how they wait
   */
  public ToPublisher(Signal<T> signal, Delivery delivery) {
    this.signal = signal;
    this.delivery = Objects.requireNonNull(delivery, "delivery").withCurrent();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber"); // 1.9
    Stream<T> stream = new Stream<>(subscriber, delivery.capacity(), delivery.overflow());
    stream.open(signal, delivery);
  }

  /** One subscriber, what waits for it, and what it asked for. */
  private static final class Stream<T extends @Nullable Object> implements Flow.Subscription {

    private final int capacity;
    private final Overflow overflow;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<T> waiting = new ArrayDeque<>(1); // guarded by lock
    private long demand; // guarded by lock
    private boolean ended; // guarded by lock
    private @Nullable Throwable failure; // guarded by lock
    private final AtomicInteger work = new AtomicInteger(1); // 1.3: signals are serial
    private volatile Flow.@Nullable Subscriber<? super T> subscriber; // 3.13: dropped at the end
    private volatile @Nullable Subscription source;

    Stream(Flow.Subscriber<? super T> subscriber, int capacity, Overflow overflow) {
      this.subscriber = subscriber;
      this.capacity = capacity;
      this.overflow = overflow;
    }

    void open(Signal<T> signal, Delivery delivery) {
      Flow.Subscriber<? super T> target = Objects.requireNonNull(subscriber);
      try {
        target.onSubscribe(this); // 1.9: before anything else
      } catch (Throwable t) { // 2.13: the subscriber is broken
        cancel();
        Probes.report("Publisher of '" + signal.name() + "'", "onSubscribe threw.", t);
        return;
      }
      try {
        source = Node.of(signal).subscribe(delivery, change -> add(change.now()), this::complete);
      } catch (StatewardException e) {
        fail(e);
      }
      if (subscriber == null) {
        cancel(); // cancelled in onSubscribe, before there was a source
      }
      drain(); // what was asked for in onSubscribe
    }

    private void add(T value) {
      if (value == null) {
        fail(
            new NullPointerException(
                "Rule 2.13: a publisher cannot carry null. Map the signal to values that are never null first."));
        signal();
        return;
      }
      boolean overflowed;
      lock.lock();
      try {
        overflowed = waiting.size() == capacity;
        if (overflowed) {
          waiting.poll();
        }
        waiting.add(value);
      } finally {
        lock.unlock();
      }
      if (overflowed && overflow == Overflow.CLOSE) {
        fail(
            new StatewardException(
                "More than %d values waited to be asked for. Ask for more, or choose a delivery that merges."
                    .formatted(capacity)));
      }
      signal();
    }

    @Override
    public void request(long count) {
      if (count <= 0) { // 3.9
        fail(
            new IllegalArgumentException(
                "Rule 3.9: a subscriber must ask for at least 1 element, not " + count + "."));
        signal();
        return;
      }
      lock.lock();
      try {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count; // 3.17
      } finally {
        lock.unlock();
      }
      signal();
    }

    @Override
    public void cancel() {
      subscriber = null;
      Subscription open = source;
      if (open != null) {
        open.close();
      }
    }

    private void complete() {
      lock.lock();
      try {
        ended = true;
      } finally {
        lock.unlock();
      }
      signal();
    }

    private void fail(Throwable cause) {
      lock.lock();
      try {
        ended = true;
        failure = cause;
        waiting.clear();
      } finally {
        lock.unlock();
      }
    }

    /** Hands over what can be, unless somebody is at it; a request from onNext does not recurse. */
    private void signal() {
      if (work.getAndIncrement() == 0) {
        drain();
      }
    }

    private void drain() {
      int seen;
      do {
        seen = work.get();
        while (step()) {
          // each step hands over one value, or the end
        }
      } while (!work.compareAndSet(seen, 0));
    }

    private boolean step() {
      Flow.Subscriber<? super T> target = subscriber;
      @Nullable T value;
      Throwable cause;
      boolean end;
      lock.lock();
      try {
        value = demand > 0 ? waiting.poll() : null;
        if (value != null && demand < Long.MAX_VALUE) {
          demand--;
        }
        end = value == null && ended && waiting.isEmpty();
        cause = failure;
      } finally {
        lock.unlock();
      }
      if (target == null || (value == null && !end)) {
        return false;
      }
      if (value != null) {
        return tell(() -> target.onNext(value));
      }
      cancel(); // 1.6: nothing follows
      tell(cause == null ? target::onComplete : () -> target.onError(cause));
      return false;
    }

    private boolean tell(Runnable signal) {
      try {
        signal.run();
        return true;
      } catch (Throwable t) { // 2.13: the subscriber is broken and counts as cancelled
        cancel();
        Probes.report("Flow subscriber", "It threw, against rule 2.13; it is cancelled.", t);
        return false;
      }
    }
  }
}
