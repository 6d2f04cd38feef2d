package io.stateward.collection;

import org.jspecify.annotations.Nullable;

/** The refusal of {@code null}, in words. */
final class Checks {

  private Checks() {}

  static <T> T present(@Nullable T object, String what) {
    if (object == null) {
      throw new NullPointerException(
          what + " is null. The collections of this package hold no null; leave the entry out.");
    }
    return object;
  }
}
