package io.stateward.merge;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When two versions of a value are no change: the same object, else equal, arrays by elements. */
final class Same {

  private Same() {}

  static boolean same(@Nullable Object one, @Nullable Object other) {
    return one == other || Objects.deepEquals(one, other);
  }
}
