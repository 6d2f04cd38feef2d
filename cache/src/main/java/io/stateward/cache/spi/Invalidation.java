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
  record Prefix(String prefix) implements Invalidation {

    /**
     * Checks that it is one.
     *
     * @param prefix the beginning
     * @throws IllegalArgumentException if it is empty
     */
    public Prefix {
      if (prefix.isEmpty()) {
        throw new IllegalArgumentException(
            "Every key begins with the empty prefix; to mean all of them, use All.");
      }
    }
  }

  /** Everything. */
  record All() implements Invalidation {}
}
