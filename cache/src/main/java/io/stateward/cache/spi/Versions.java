package io.stateward.cache.spi;

/** Numbers of versions: positive, or 0 for none. */
final class Versions {

  private Versions() {}

  static void check(long version) {
    if (version < 0) {
      throw new IllegalArgumentException(
          "A version is positive, or 0 if there is none; %d is neither.".formatted(version));
    }
  }
}
