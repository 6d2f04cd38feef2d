package io.stateward.merge;

import org.jspecify.annotations.Nullable;

/** How the places in a value are called. */
final class Paths {

  private Paths() {}

  /** Returns the path of what a map, a table or a list holds under a key. */
  static String ofKey(@Nullable Object key) {
    return "[" + key + "]";
  }

  /** Returns the path of a part of a part. */
  static String joined(String outer, String inner) {
    boolean separate = !outer.isEmpty() && !inner.isEmpty() && inner.charAt(0) != '[';
    return separate ? outer + "." + inner : outer + inner;
  }
}
