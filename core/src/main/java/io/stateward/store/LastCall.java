package io.stateward.store;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The arguments and the result of the last call of a pure function, in the manner of reselect's
 * memoisation of size one. Equal arguments give the same result object again.
 */
final class LastCall<T extends @Nullable Object> {

  private volatile @Nullable Memo<T> memo; // a race computes twice, and keeps one of two equals

  private record Memo<T extends @Nullable Object>(List<@Nullable Object> arguments, T result) {}

  T call(Supplier<T> function, @Nullable Object... all) {
    List<@Nullable Object> arguments = Arrays.asList(all);
    Memo<T> known = memo;
    if (known != null && known.arguments.equals(arguments)) {
      return known.result;
    }
    T result = function.get();
    memo = new Memo<>(arguments, result);
    return result;
  }
}
