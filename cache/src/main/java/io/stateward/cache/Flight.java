package io.stateward.cache;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One read of a key past memory, which whoever asks after it began may share, unless something was
 * invalidated since, or may have been: without a word from the layer for longer than the bound, a
 * flight is shared in its own {@linkplain Validity#period period} alone. How it is done is up to
 * the one who began.
 */
final class Flight<K, V> {

  /** What a flight is for. */
  enum Purpose {
    READ,
    REFRESH,
    EAGER,
    BYPASS
  }

  final K key;
  final String text;
  final int stripe;
  final long generation; // of the stripe
  final Executor where;
  final Purpose purpose;
  final @Nullable Entry<V> stale;
  final @Nullable Group<K, V> group;
  private final long joinGeneration;
  private final long period;

  Flight(
      K key,
      String text,
      int stripe,
      Memory<K, V> memory,
      long period,
      Executor where,
      Purpose purpose,
      @Nullable Entry<V> stale,
      @Nullable Group<K, V> group) {
    this.key = key;
    this.text = text;
    this.stripe = stripe;
    this.joinGeneration = memory.joinGeneration(stripe);
    this.generation = memory.generation(stripe);
    this.period = period;
    this.where = where;
    this.purpose = purpose;
    this.stale = stale;
    this.group = group;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Flight<?, ?> it
        && it.key.equals(key)
        && it.joinGeneration == joinGeneration
        && it.period == period;
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(joinGeneration);
  }

  @Override
  public String toString() {
    return "'" + text + "'";
  }
}
