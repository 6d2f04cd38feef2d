package io.stateward.cache;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be kept of a load, or of what a deeper layer has.
 *
 * @param from the loader, a layer, or the loader past a layer that does not answer
 * @param value the value
 * @param tags its tags
 * @param validator its validator
 * @param version which version of the source's value it is; 0 if there is none
 * @param age how long ago it was loaded
 * @param fresh how long it is fresh
 * @param kept how long it is kept
 * @param stored whether it is stored
 */
record Made<V>(
    Result.Source from,
    @Nullable V value,
    Set<String> tags,
    @Nullable String validator,
    long version,
    Duration age,
    Duration fresh,
    Duration kept,
    boolean stored) {

  Made<V> unstored() {
    return new Made<>(from, value, tags, validator, version, age, fresh, kept, false);
  }

  Made<V> from(Result.Source other) {
    return new Made<>(other, value, tags, validator, version, age, fresh, kept, stored);
  }

  /** For no longer than a time. */
  Made<V> atMost(Duration limit) {
    Duration shorter = fresh.compareTo(limit) < 0 ? fresh : limit;
    Duration keeps = kept.compareTo(limit) < 0 ? kept : limit;
    return new Made<>(from, value, tags, validator, version, age, shorter, keeps, stored);
  }
}
