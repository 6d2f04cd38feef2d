package io.stateward.cache.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a layer keeps it. {@link Lease#entry} and {@link Intent#entry} make one with the
 * right token and numbers.
 *
 * <p><b>Thread safety.</b> Immutable, as long as nobody changes the bytes of the value, which are
 * not copied.
 *
 * @param token that of the lease or intent under which it is stored; it tells entries apart, as it
 *     is never given twice
 * @param value the encoded value; null if it is known that there is none, which is an entry too
 * @param tags what it can be invalidated by besides its key
 * @param head the head of its bucket when its lease was given; of one that a write stored: the
 *     stamp of that write
 * @param wide the head of the wide bucket when its lease was given, or its write announced
 * @param validator what the source can be asked with whether it has changed, as an ETag; null if
 *     there is none
 * @param version which version of the source's value it is: of two of a key, the greater is the
 *     newer; 0 if the source gives none
 * @param age how long ago the source gave it, so far as the layers that it went through can tell:
 *     the time that it took between them is not counted
 * @param fresh how long it is fresh, from now on; not negative
 * @param kept how long it is kept, from now on; at least as long
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // bytes, which nobody compares as records
public record LayerEntry(
    String token,
    byte @Nullable [] value,
    Set<String> tags,
    Head head,
    Head wide,
    @Nullable String validator,
    long version,
    Duration age,
    Duration fresh,
    Duration kept) {

  /**
   * Copies the tags and checks the parts.
   *
   * @param token that of the lease or intent
   * @param value the encoded value
   * @param tags what it can be invalidated by
   * @param head the head of its bucket
   * @param wide the head of the wide bucket
   * @param validator what the source can be asked with
   * @param version which version it is
   * @param age how long ago the source gave it
   * @param fresh how long it is fresh
   * @param kept how long it is kept
   */
  public LayerEntry {
    Objects.requireNonNull(token, "token");
    tags = Set.copyOf(tags);
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(wide, "wide");
    if (fresh.isNegative() || kept.compareTo(fresh) < 0) {
      throw new IllegalArgumentException(
          "An entry is fresh for no negative time and kept for at least as long, not for %s and %s."
              .formatted(fresh, kept));
    }
    if (age.isNegative()) {
      throw new IllegalArgumentException("An entry has no negative age, as %s is.".formatted(age));
    }
    Versions.check(version);
  }

  /**
   * Says which version of the source's value it is.
   *
   * @param number the version; 0 for none
   * @return the same with the version
   * @throws IllegalArgumentException if it is negative
   */
  public LayerEntry withVersion(long number) {
    return new LayerEntry(token, value, tags, head, wide, validator, number, age, fresh, kept);
  }

  /**
   * Says how long ago the source gave it.
   *
   * @param duration how long ago; not negative
   * @return the same with the age
   * @throws IllegalArgumentException if it is negative
   */
  public LayerEntry withAge(Duration duration) {
    return new LayerEntry(
        token, value, tags, head, wide, validator, version, duration, fresh, kept);
  }
}
