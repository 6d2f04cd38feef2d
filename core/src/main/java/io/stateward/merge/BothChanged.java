package io.stateward.merge;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settles what needs no rule, asks one for the rest and names what goes wrong in it: what every
 * ready-made merge begins with.
 */
record BothChanged<T extends @Nullable Object>(Merge<T> rule, boolean accumulates)
    implements Merge<T> {

  @Override
  public MergeResult<T> merge(@Nullable T base, T mine, T theirs) {
    return settle(rule, accumulates, base, mine, theirs);
  }

  static <T extends @Nullable Object> MergeResult<T> settle(
      Merge<T> rule, boolean accumulates, @Nullable T base, T mine, T theirs) {
    try {
      if (Same.same(base, mine)) {
        return new MergeResult.Merged<>(theirs);
      }
      if (Same.same(base, theirs)) {
        return new MergeResult.Merged<>(mine);
      }
      if (!accumulates && Same.same(mine, theirs)) {
        return new MergeResult.Merged<>(theirs);
      }
      return Objects.requireNonNull(
          rule.merge(base, mine, theirs), "A merge answered null. Return a MergeResult.");
    } catch (MergeFailedException e) {
      throw e;
    } catch (Exception e) { // a lambda can throw what it does not declare
      throw new MergeFailedException("", "the rule threw " + e, e, base, mine, theirs);
    }
  }
}
