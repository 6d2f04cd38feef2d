package io.stateward.cache.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a layer keeps it. {@link Lease#entry} and {@link Intent#entry} make one with the
 * right token and numbers.
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
  }
}
