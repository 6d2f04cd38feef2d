package io.stateward.codec;

import java.util.Collection;

/** Keeps trees shallow enough to walk by recursion. */
final class Depths {

  private Depths() {}

  /** Returns the depth of an object or array with these parts. */
  static int above(Collection<Tree> parts) {
    int deepest = 0;
    for (Tree part : parts) {
      deepest = Math.max(deepest, part.depth());
    }
    if (deepest >= Tree.MAXIMUM_DEPTH) {
      throw new IllegalArgumentException(
          "A tree is at most %d objects and arrays deep, and this would be one more; flatten it, for example into a table with ids."
              .formatted(Tree.MAXIMUM_DEPTH));
    }
    return deepest + 1;
  }
}
