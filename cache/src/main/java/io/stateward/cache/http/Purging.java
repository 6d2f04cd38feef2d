package io.stateward.cache.http;

import io.stateward.cache.spi.Invalidation;
import io.stateward.flow.Backoff;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a CDN drop what a cache invalidates, twice.
 *
 * <pre>{@code
 * Purging purging = Purging.of(keys, purge, policy.bound().plus(Duration.ofSeconds(30)));
 * LayeredCache<String, Page> pages = LayeredCache.named("pages").onInvalidate(purging).build(db::page);
 * }</pre>
 *
 * <p>Twice, as a CDN that began to fetch a page before it was invalidated may store it after it was
 * told to drop it. So it is told once more, when every such fetch has ended: after the longest time
 * that one takes, and the {@linkplain io.stateward.cache.Policy#bound bound} within which another
 * instance may not have heard of the invalidation. What takes longer than that may stay until its
 * time is over.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. {@link #accept} never waits.
 *
 * <p><b>Ordering.</b> One call of the CDN is under way at a time. What is invalidated several times
 * before it is its turn is dropped once.
 *
 * <p><b>Failure.</b> A call that fails is made again, ever later, until it succeeds; the first
 * failure of a row is reported. If more than 10,000 names wait, they become the one of the whole
 * cache. What waits when the process ends is lost, and its copies stay until their time is over.
 *
 * @since 0.1
 */
public final class Purging implements Consumer<Invalidation>, Subscription {

  private static final Backoff PATIENT =
      Backoff.exponential(Duration.ofMillis(500), Duration.ofSeconds(30));

  private final SurrogateKeys keys;
  private final Purge purge;
  private final Duration again;
  private final Backoff backoff;
  private final Timekeeper timekeeper;
  private final ReentrantLock lock = new ReentrantLock();
  private final PurgeQueue queue; // guarded by lock
  private boolean busy; // guarded by lock: a call is under way, or waits to be made again
  private int failures; // guarded by lock: in a row
  private boolean closed; // guarded by lock
  private @Nullable Timer retry; // guarded by lock
  private @Nullable Timer later; // guarded by lock

  private Purging(
      SurrogateKeys keys, Purge purge, Duration again, Backoff backoff, Timekeeper timekeeper) {
    this.keys = Objects.requireNonNull(keys, "keys");
    this.purge = Objects.requireNonNull(purge, "purge");
    this.again = again;
    this.backoff = Objects.requireNonNull(backoff, "backoff");
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
    this.queue = new PurgeQueue(keys.all());
    if (again.isNegative()) {
      throw new IllegalArgumentException(
          "Copies are dropped again after zero or more, not after %s.".formatted(again));
    }
  }

  /**
   * Begins to have copies dropped, in real time, and again after failures within half a second to
   * half a minute.
   *
   * @param keys what the copies are called
   * @param purge has them dropped
   * @param again how long after that once more; zero for once alone
   * @return what {@link #accept}s invalidations
   * @throws IllegalArgumentException if the time is negative
   */
  public static Purging of(SurrogateKeys keys, Purge purge, Duration again) {
    return of(keys, purge, again, PATIENT, Timekeeper.system());
  }

  /**
   * Begins to have copies dropped.
   *
   * @param keys what the copies are called
   * @param purge has them dropped
   * @param again how long after that once more; zero for once alone
   * @param backoff how long after a failure it is tried again
   * @param timekeeper whose time it goes by
   * @return what {@link #accept}s invalidations
   * @throws IllegalArgumentException if the time is negative
   */
  public static Purging of(
      SurrogateKeys keys, Purge purge, Duration again, Backoff backoff, Timekeeper timekeeper) {
    return new Purging(keys, purge, again, backoff, timekeeper);
  }

  /**
   * Has what was invalidated dropped, soon. After {@link #close} it does nothing.
   *
   * @param invalidation what was invalidated, in all layers of the cache
   */
  @Override
  public void accept(Invalidation invalidation) {
    String name = keys.dropped(invalidation);
    locked(
        () -> {
          if (!closed) {
            queue.add(name, !again.isZero());
          }
        });
    send();
  }

  /**
   * Returns how many names wait to be dropped, for the first time or again.
   *
   * @return zero when all is done
   */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  /** Makes the next call, if there is something to say and none is under way. */
  private void send() {
    List<String> names;
    lock.lock();
    try {
      if (busy || closed || queue.isEmpty()) {
        return;
      }
      busy = true;
      names = queue.take(Purge.MOST_AT_ONCE);
    } finally {
      lock.unlock();
    }
    ask(names).whenComplete((done, failure) -> ended(names.size(), failure));
  }

  private CompletionStage<?> ask(List<String> names) {
    try {
      return Objects.requireNonNull(purge.purge(names), "stage of the purge");
    } catch (Throwable t) { // foreign code
      return CompletableFuture.failedStage(t);
    }
  }

  private void ended(int names, @Nullable Throwable failure) {
    if (failure == null) {
      long dueNanos = timekeeper.nanoTime() + again.toNanos();
      locked(() -> succeeded(dueNanos));
      send();
      return;
    }
    int row = failed();
    if (row == 1) {
      String what =
          "The CDN could not be told to drop %d names; it is tried again until it can."
              .formatted(names);
      Probe.report(toString(), what, failure);
    }
    wait(row);
  }

  private void succeeded(long dueNanos) {
    failures = 0;
    busy = false;
    queue.done(dueNanos);
    if (later == null && queue.hasLater() && !closed) {
      later = timekeeper.schedule(again, this::onLater);
    }
  }

  private int failed() {
    lock.lock();
    try {
      queue.undone();
      return ++failures;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits before the next call; a back-off that throws is foreign code, and waits as long as it
   * can.
   */
  private void wait(int row) {
    Duration pause;
    try {
      pause = backoff.delay(row);
    } catch (Throwable t) {
      pause = PATIENT.delay(row);
    }
    Duration time = pause;
    locked(
        () -> {
          if (!closed) {
            retry = timekeeper.schedule(time, this::tryAgain);
          }
        });
  }

  private void tryAgain() {
    locked(() -> busy = false);
    send();
  }

  private void onLater() {
    long now = timekeeper.nanoTime();
    locked(
        () -> {
          later = null;
          long next = queue.release(now);
          if (next >= 0 && !closed) {
            later = timekeeper.schedule(Duration.ofNanos(next), this::onLater);
          }
        });
    send();
  }

  /** Ends it: no other call is made. What waits is lost; closing again does nothing. */
  @Override
  public void close() {
    locked(
        () -> {
          closed = true;
          for (Timer timer : new @Nullable Timer[] {retry, later}) {
            if (timer != null) {
              timer.cancel();
            }
          }
        });
  }

  @Override
  public String toString() {
    return "Purging of '" + keys.all() + "'";
  }
}
