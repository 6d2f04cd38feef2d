package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Says which entries of memory may be served, by what is known of invalidations and by time. */
final class Validity<V> {

  static final long CONFIRMED = Long.MIN_VALUE;

  private final View wide;
  private final Unsent unsent;
  private final Policy policy;
  private final Timekeeper time;
  private final long boundNanos;
  private final long failSafeNanos;
  private final long swrNanos;

  Validity(View wide, Unsent unsent, Policy policy, Timekeeper time) {
    this.wide = wide;
    this.unsent = unsent;
    this.policy = policy;
    this.time = time;
    this.failSafeNanos = MemoryTime.nanos(policy.failSafe());
    this.swrNanos = MemoryTime.nanos(policy.staleWhileRevalidate());
    this.boundNanos = MemoryTime.nanos(policy.bound());
  }

  /** Whether nothing at all was invalidated since it was looked at last. */
  boolean isLatest(Entry<V> entry) {
    return !unsent.isWide()
        && wide.isLatest(entry.wide)
        && (!(entry instanceof SharedEntry<V> it) || it.view.isLatest(it.position));
  }

  /** Whether it was heard within the bound that nothing was missed. */
  boolean isConfirmed(Entry<V> entry, long now) {
    return !(entry instanceof SharedEntry<V> it)
        || !it.confirmed
        || (it.view.unconfirmedNanos(now) <= boundNanos
            && wide.unconfirmedNanos(now) <= boundNanos);
  }

  /**
   * In which period reads of a bucket share their flights: always the same one while it was heard
   * within the bound that nothing was missed; otherwise each is as long as the bound, so that
   * nobody is answered by a load that began longer ago.
   */
  long period(@Nullable View view, long now) {
    boolean confirmed =
        wide.unconfirmedNanos(now) <= boundNanos
            && (view == null || view.unconfirmedNanos(now) <= boundNanos);
    return confirmed ? CONFIRMED : Math.floorDiv(now, boundNanos);
  }

  /**
   * Whether nothing that is known of invalidates an entry. An unsent invalidation of its key was
   * followed by its removal, so an entry that memory has is younger.
   */
  boolean isValid(String text, Entry<V> entry) {
    if (unsent.coversWide(text, entry.meta.tags())) {
      return false;
    }
    long upTo = wide.validUpTo(entry.wide, text, entry.meta.tags());
    if (upTo < 0) {
      return false;
    }
    entry.wide = upTo;
    if (entry instanceof SharedEntry<V> it) {
      long position = it.view.validUpTo(it.position, text, Set.of());
      it.position = Math.max(position, it.position);
      return position >= 0;
    }
    return true;
  }

  /** Whether what is stale may be served instead of a failure, or before a loader that is slow. */
  boolean mayCover(String text, Entry<V> stale) {
    return mayCover(text, stale, failSafeNanos);
  }

  /** Whether what there was may be served instead of the failure of a flight. */
  boolean mayCover(Flight<?, V> flight, Entry<V> stale) {
    boolean refresh = flight.purpose == Flight.Purpose.REFRESH;
    return mayCover(
        flight.text, stale, refresh ? Math.max(failSafeNanos, swrNanos) : failSafeNanos);
  }

  /** What is fresh, but not confirmed any more, is covered by fail-safe too; by none, if zero. */
  private boolean mayCover(String text, Entry<V> stale, long limitNanos) {
    return stale.failure() == null
        && Math.max(0, stale.staleNanos(time.nanoTime())) < limitNanos
        && isValid(text, stale);
  }

  /**
   * Whether what there was is as good as a hit, though a flight failed: it was to be refreshed
   * ahead of time, or it was heard meanwhile that nothing was missed.
   */
  boolean isStillFresh(Flight<?, V> flight, Entry<V> stale) {
    long now = time.nanoTime();
    return stale.failure() == null
        && stale.staleNanos(now) < 0
        && (flight.purpose == Flight.Purpose.EAGER || isConfirmed(stale, now))
        && isValid(flight.text, stale);
  }

  /** Whether it may be served though it is stale, while it is refreshed. */
  boolean mayServeStale(Entry<V> entry, long now) {
    return entry.failure() == null && (entry.isPaused(now) || entry.staleNanos(now) < swrNanos);
  }

  /** By chance, exponentially more likely towards the end, in proportion to the load's length. */
  boolean isDueEarly(Entry<V> entry, long staleNanos) {
    double ahead =
        -entry.loadMicros
            * 1e3
            * policy.eager()
            * Math.log(1 - ThreadLocalRandom.current().nextDouble());
    return policy.eager() > 0 && entry.failure() == null && staleNanos + ahead >= 0;
  }
}
