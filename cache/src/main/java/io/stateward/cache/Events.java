package io.stateward.cache;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells listeners what happens, in order, on the executor, and writes the log.
 *
 * <p>Thread safety: safe for any number of threads; no lock is held while a listener runs. Whoever
 * raises the number of what waits from zero has it worked off.
 */
final class Events {

  private static final int MOST = 1_024;

  private final String where;
  private final EventLog log;
  private final Executor executor;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong skipped = new AtomicLong();
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();

  Events(String where, Executor executor) {
    this.where = where;
    this.log = new EventLog(where);
    this.executor = executor;
  }

  /** What happened, and who was listening then. */
  private record Waiting(CacheEvent event, List<Listening> to) {}

  /** A class and not a record: the same listener may be added twice. */
  private static final class Listening {
    final Consumer<? super CacheEvent> listener;
    volatile boolean closed;

    Listening(Consumer<? super CacheEvent> listener) {
      this.listener = listener;
    }
  }

  Subscription listen(Consumer<? super CacheEvent> listener) {
    Listening mine = new Listening(Objects.requireNonNull(listener, "listener"));
    listeners.add(mine);
    return () -> remove(mine);
  }

  private void remove(Listening mine) {
    mine.closed = true;
    listeners.remove(mine);
  }

  /** Whether anybody would hear of what is a matter of course. */
  boolean areWanted() {
    return !listeners.isEmpty() || EventLog.tellsAll();
  }

  void emit(CacheEvent event) {
    log.write(event);
    if (listeners.isEmpty()) {
      return;
    }
    if (pending.get() >= MOST) {
      skipped.incrementAndGet();
      return;
    }
    queue.add(new Waiting(event, List.copyOf(listeners)));
    if (pending.getAndIncrement() == 0) {
      execute();
    }
  }

  private void execute() {
    try {
      executor.execute(this::tellAll);
    } catch (Throwable t) { // rejected, most likely
      int lost = 0;
      do {
        queue.poll();
        lost++;
      } while (pending.decrementAndGet() > 0);
      Probe.report(where, "Its executor refused, so %d events are not told.".formatted(lost), t);
    }
  }

  private void tellAll() {
    do {
      Waiting next = Objects.requireNonNull(queue.poll());
      tell(next.event, next.to);
      long missing = pending.get() == 1 ? skipped.getAndSet(0) : 0;
      if (missing > 0) {
        CacheEvent gap = new CacheEvent.Skipped(missing);
        log.write(gap);
        tell(gap, listeners);
      }
    } while (pending.decrementAndGet() > 0);
  }

  private void tell(CacheEvent event, List<Listening> to) {
    for (Listening each : to) {
      try {
        if (!each.closed) {
          each.listener.accept(event);
        }
      } catch (Throwable t) { // foreign code
        Probe.report(
            where,
            "A listener threw on %s; it is told of the next event all the same."
                .formatted(event.getClass().getSimpleName()),
            t);
      }
    }
  }
}
