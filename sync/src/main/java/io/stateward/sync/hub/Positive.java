package io.stateward.sync.hub;

/**
 * What limits have to be. It stands alone: a limit that asked another for it might find it unmade.
 */
final class Positive {

  private Positive() {}

  static void check(String name, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("'%s' is at least 1, not %d.".formatted(name, limit));
    }
  }
}
