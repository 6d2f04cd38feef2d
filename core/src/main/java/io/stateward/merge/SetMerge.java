package io.stateward.merge;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What mine added and removed, done to theirs. */
final class SetMerge {

  private SetMerge() {}

  static <E> MergeResult<Set<E>> merge(@Nullable Set<E> base, Set<E> mine, Set<E> theirs) {
    Set<E> was = base == null ? Collections.emptySet() : base;
    Set<E> merged = new LinkedHashSet<>(theirs);
    for (E element : mine) {
      if (!was.contains(element)) {
        merged.add(element);
      }
    }
    for (E element : was) {
      if (!mine.contains(element)) {
        merged.remove(element);
      }
    }
    return new MergeResult.Merged<>(
        merged.equals(theirs) ? theirs : Collections.unmodifiableSet(merged));
  }
}
