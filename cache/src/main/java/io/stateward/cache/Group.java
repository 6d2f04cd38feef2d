package io.stateward.cache;

/**
 * Reads of several keys that are one, at a layer or at the loader, as soon as it is known of each
 * key whether it is wanted there.
 */
sealed interface Group<K, V> permits Batch, Gathering {

  /** Announces one who may want something. */
  void expect();

  /** Takes no part, which was announced; or, of who opened it: there are no more. */
  void leave();
}
