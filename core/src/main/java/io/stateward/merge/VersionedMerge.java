package io.stateward.merge;

import io.stateward.signal.Versioned;
import org.jspecify.annotations.Nullable;

/** Merges the values of pairs and keeps theirs' version. */
record VersionedMerge<T extends @Nullable Object>(Merge<T> values) implements Merge<Versioned<T>> {

  @Override
  public MergeResult<Versioned<T>> merge(
      @Nullable Versioned<T> base, Versioned<T> mine, Versioned<T> theirs) {
    if (ValueRules.isMissing(mine) || ValueRules.isMissing(theirs)) {
      return BothChanged.settle(MergeResult::undecided, false, base, mine, theirs);
    }
    MergeResult<T> merged =
        BothChanged.settle(
            values,
            values.accumulates(),
            base == null ? null : base.value(),
            mine.value(),
            theirs.value());
    return merged.map(value -> new Versioned<>(value, theirs.version()));
  }

  @Override
  public boolean accumulates() {
    return true; // equal pairs may hold a counter, and the versions never are what is compared
  }
}
