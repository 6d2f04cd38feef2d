package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what entries share: the same thing again, as long as they follow each other with one fate.
 */
final class Metas {

  private final Timekeeper time;
  private final View wide;
  private volatile @Nullable Meta usual; // as the entry before; few differ

  Metas(Timekeeper time, View wide) {
    this.time = time;
    this.wide = wide;
  }

  Meta of(
      long freshNanos,
      long keptNanos,
      Set<String> tags,
      @Nullable String validator,
      @Nullable Throwable failure) {
    Meta shared = usual;
    if (shared != null && failure == null && shared.isOf(freshNanos, keptNanos, tags, validator)) {
      return shared;
    }
    Meta made =
        new Meta(
            time,
            wide,
            Result.Source.MEMORY,
            Result.Reason.HIT,
            freshNanos,
            0,
            keptNanos,
            0,
            tags,
            validator,
            failure);
    if (failure == null) {
      usual = made;
    }
    return made;
  }
}
