package io.stateward.redis.cache;

import io.stateward.cache.spi.Invalidation;

/** What is invalidated, as a letter and a name: in the log, among the marks, and in messages. */
final class Letters {

  private static final char KEY = 'k';
  static final char TAG = 't';
  private static final char PREFIX = 'p';
  private static final char ALL = 'a';

  private Letters() {}

  static char letter(Invalidation what) {
    if (what instanceof Invalidation.Key) {
      return KEY;
    }
    if (what instanceof Invalidation.Tag) {
      return TAG;
    }
    return what instanceof Invalidation.Prefix ? PREFIX : ALL;
  }

  static String name(Invalidation what) {
    if (what instanceof Invalidation.Key it) {
      return it.key();
    }
    if (what instanceof Invalidation.Tag it) {
      return it.tag();
    }
    return what instanceof Invalidation.Prefix it ? it.prefix() : "";
  }

  /**
   * Returns what a letter and a name stand for.
   *
   * @throws IllegalArgumentException if they stand for nothing
   */
  static Invalidation invalidation(char letter, String name, long version) {
    return switch (letter) {
      case KEY -> new Invalidation.Key(name, version);
      case TAG -> new Invalidation.Tag(name);
      case PREFIX -> new Invalidation.Prefix(name);
      case ALL -> new Invalidation.All();
      default ->
          throw new IllegalArgumentException(
              "'%c' is invalidated by no version of this application.".formatted(letter));
    };
  }
}
