package io.stateward.cache.spi;

/**
 * What is not to be served any more.
 *
 * @since 0.1
 */
public sealed interface Invalidation {

  /**
   * One key.
   *
   * @param key the key
   */
  record Key(String key) implements Invalidation {}

  /**
   * Whatever has a tag.
   *
   * @param tag the tag
   */
  record Tag(String tag) implements Invalidation {}

  /**
   * Whatever has a key that begins so.
   *
   * @param prefix the beginning; not empty
   */
  record Prefix(String prefix) implements Invalidation {}

  /** Everything. */
  record All() implements Invalidation {}
}
