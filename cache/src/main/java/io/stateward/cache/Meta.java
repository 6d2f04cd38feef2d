package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What entries with the same fate share.
 *
 * @param time for the age
 * @param wide the view of the invalidations that concern many keys
 * @param source where it says to be from when it is read from memory
 * @param reason why
 * @param freshNanos how long it is fresh, from when this instance got it; negative if it was stale
 *     already, and for how long
 * @param pausedNanos how long it is served all the same, as the loader has failed
 * @param keptNanos how long it is kept
 * @param ageNanos how old it was then
 * @param tags what it can be invalidated by
 * @param validator what the source can be asked with whether it changed
 * @param failure why it could not be loaded
 */
record Meta(
    Timekeeper time,
    View wide,
    Result.Source source,
    Result.Reason reason,
    long freshNanos,
    long pausedNanos,
    long keptNanos,
    long ageNanos,
    Set<String> tags,
    @Nullable String validator,
    @Nullable Throwable failure) {

  /** Whether it says this of entries that were new when this instance got them. */
  boolean isOf(long fresh, long kept, Set<String> tagged, @Nullable String valid) {
    return freshNanos == fresh
        && keptNanos == kept
        && ageNanos == 0
        && failure == null
        && Objects.equals(validator, valid)
        && tags.equals(tagged);
  }

  /** The same of what was of an age when this instance got it. */
  Meta aged(Duration age) {
    return age.isZero()
        ? this
        : new Meta(
            time,
            wide,
            source,
            reason,
            freshNanos,
            pausedNanos,
            keptNanos,
            MemoryTime.nanos(age),
            tags,
            validator,
            failure);
  }

  /** The same after some time, to be served for a while though it is stale. */
  Meta paused(long passedNanos, long pauseNanos) {
    long left = keptNanos - passedNanos;
    return new Meta(
        time,
        wide,
        Result.Source.STALE,
        Result.Reason.LOADER_FAILED,
        freshNanos - passedNanos,
        Math.min(pauseNanos, left),
        left,
        ageNanos + passedNanos,
        tags,
        validator,
        null);
  }
}
