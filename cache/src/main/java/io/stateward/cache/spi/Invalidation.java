package io.stateward.cache.spi;

/**
 * What is not to be served any more.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Invalidation {

  /**
   * One key.
   *
   * @param key the key
   * @param version the source is known to have at least this version of it; 0 if none is known
   */
  record Key(String key, long version) implements Invalidation {

    /**
     * Checks that it is one.
     *
     * @param key the key
     * @param version at least which version the source has
     * @throws IllegalArgumentException if the version is negative
     */
    public Key {
      Versions.check(version);
    }

    /**
     * One key, of which no version is known.
     *
     * @param key the key
     */
    public Key(String key) {
      this(key, 0);
    }
  }

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
