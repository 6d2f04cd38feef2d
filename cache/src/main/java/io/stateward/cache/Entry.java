package io.stateward.cache;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What memory has of a key. It is the result of a hit as it is, so nothing is allocated.
 *
 * <p>Thread safety: what moves is up to which invalidation it is known to be valid. Writers of that
 * may overtake each other, which costs a look-up.
 */
sealed class Entry<V> implements Result<V> permits SharedEntry {

  final @Nullable V value;
  final Meta meta;
  final int loadMicros; // how long the load took, for eager refreshes
  final long sinceNanos;
  volatile long wide; // the position in the wide view up to which it is known to be valid

  Entry(@Nullable V value, Meta meta, int loadMicros, long sinceNanos, long wide) {
    this.value = value;
    this.meta = meta;
    this.loadMicros = loadMicros;
    this.sinceNanos = sinceNanos;
    this.wide = wide;
  }

  /** How long it has been fresh no more, in nanoseconds; negative while it is. */
  final long staleNanos(long now) {
    return now - sinceNanos - meta.freshNanos();
  }

  /** Whether it is served as the loader has failed, without asking it again. */
  final boolean isPaused(long now) {
    return now - sinceNanos < meta.pausedNanos();
  }

  /** The same with another fate. */
  Entry<V> with(Meta other, long nowNanos) {
    return new Entry<>(value, other, loadMicros, nowNanos, wide);
  }

  @Override
  public final @Nullable V valueOrNull() {
    return value;
  }

  @Override
  public final @Nullable Throwable failure() {
    return meta.failure();
  }

  @Override
  public final Source source() {
    return meta.source();
  }

  @Override
  public final Reason reason() {
    return meta.reason();
  }

  @Override
  public final Duration age() {
    return Duration.ofNanos(Math.max(0, meta.time().nanoTime() - sinceNanos) + meta.ageNanos());
  }

  @Override
  public final Duration fresh() {
    return meta.source() == Source.STALE ? Duration.ZERO : left(meta.freshNanos());
  }

  @Override
  public final Duration kept() {
    return left(meta.keptNanos());
  }

  private Duration left(long nanos) {
    long now = meta.time().nanoTime();
    return meta.failure() != null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, nanos - (now - sinceNanos)));
  }

  @Override
  public final Set<String> tags() {
    return meta.tags();
  }

  @Override
  public final @Nullable String validator() {
    return meta.validator();
  }

  @Override
  public Stamp stamp() {
    return meta.wide().stampOf(wide);
  }

  @Override
  public String toString() {
    Object what = failure() == null ? value == null ? "absent" : value : failure();
    return "%s from %s (%s), %s old".formatted(what, source(), reason(), age());
  }
}
