package io.stateward.merge;

import java.math.BigInteger;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules for values that are merged as a whole. */
final class ValueRules {

  private ValueRules() {}

  /** Returns a merge by a rule that needs both values; where one is missing it is undecided. */
  static <T> Merge<T> bothPresent(Merge<T> rule, boolean accumulates) {
    Merge<T> guarded =
        (base, mine, theirs) ->
            isMissing(mine) || isMissing(theirs)
                ? MergeResult.undecided(base, mine, theirs)
                : rule.merge(base, mine, theirs);
    return new BothChanged<>(guarded, accumulates);
  }

  /** Returns whether a part was cleared, which the type of a rule for values does not show. */
  static boolean isMissing(@Nullable Object value) {
    return value == null;
  }

  static <T, C extends Comparable<? super C>> Merge<T> latest(Function<? super T, ? extends C> by) {
    return bothPresent(
        (base, mine, theirs) ->
            ValueRules.<T, T, C>later(by, mine, theirs).merge(base, mine, theirs),
        false);
  }

  /** Returns the rule that takes the side of the later of two versions. */
  static <R, T extends @Nullable Object, C extends Comparable<? super C>> Merge<T> later(
      Function<? super R, ? extends C> by, R mine, R theirs) {
    int order = timeOf(by, mine).compareTo(timeOf(by, theirs));
    if (order == 0) {
      return Merge.undecided();
    }
    return order > 0 ? Merge.mine() : Merge.theirs();
  }

  private static <R, C> C timeOf(Function<? super R, ? extends C> by, R version) {
    return Objects.requireNonNull(
        by.apply(version), "A version says not when it was written. Give each a time or a number.");
  }

  /** Returns the merge that takes the value which compares to the other by the given sign. */
  static <T extends Comparable<? super T>> Merge<T> greater(int sign) {
    return bothPresent(
        (base, mine, theirs) ->
            new MergeResult.Merged<>(
                Integer.signum(mine.compareTo(theirs)) == sign ? mine : theirs),
        false);
  }

  static Merge<Long> counter() {
    return counting((base, mine, theirs) -> sum(base, mine, theirs, Long.SIZE).longValue());
  }

  static Merge<Integer> intCounter() {
    return counting((base, mine, theirs) -> sum(base, mine, theirs, Integer.SIZE).intValue());
  }

  /** Adds two changes of a number. */
  private interface Counting<N> {
    N sum(N base, N mine, N theirs);
  }

  private static <N> Merge<N> counting(Counting<N> counting) {
    return bothPresent(
        (base, mine, theirs) ->
            base == null
                ? MergeResult.undecided(base, mine, theirs)
                : new MergeResult.Merged<>(counting.sum(base, mine, theirs)),
        true);
  }

  /** Returns base + (mine - base) + (theirs - base), of which nothing is cut off on the way. */
  private static BigInteger sum(long base, long mine, long theirs, int bits) {
    BigInteger sum =
        BigInteger.valueOf(mine).add(BigInteger.valueOf(theirs)).subtract(BigInteger.valueOf(base));
    if (sum.bitLength() >= bits) {
      throw new ArithmeticException(
          "The count would be %d, which overflows its %d bits. Count in a wider type, or decide by another rule."
              .formatted(sum, bits));
    }
    return sum;
  }
}
