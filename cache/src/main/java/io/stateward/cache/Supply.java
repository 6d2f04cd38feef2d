package io.stateward.cache;

import org.jspecify.annotations.Nullable;

/** What a source says of a key: the loader, or a layer and what is behind it. */
sealed interface Supply<V> {

  /**
   * There is a value, or it is known that there is none.
   *
   * @param made that, and how long it may be kept; whether it may be stored above
   * @param reason how it was come by, or why it may not be stored
   * @param micros how long the loader took; 0 if it was not asked
   */
  record Had<V>(Made<V> made, Result.Reason reason, int micros) implements Supply<V> {}

  /**
   * It failed.
   *
   * @param cause with what
   * @param stale what there is to fall back on
   */
  record Failed<V>(Throwable cause, @Nullable Entry<V> stale) implements Supply<V> {}
}
