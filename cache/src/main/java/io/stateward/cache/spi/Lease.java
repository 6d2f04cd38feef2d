package io.stateward.cache.spi;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The permission to fill a key once.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param token never given twice, in any epoch
 * @param head the head of the key's bucket when it was given
 * @param wide the head of the wide bucket when it was given
 * @param connection which connection of the session took it; it holds on no other
 * @since 0.1
 */
public record Lease(String token, Head head, Head wide, long connection) {

  /**
   * Returns an entry to be stored under this lease, of no version, as if just loaded.
   *
   * @param value the encoded value; null if there is none
   * @param tags what it can be invalidated by besides its key
   * @param validator what the source can be asked with whether it has changed; null if there is
   *     none
   * @param fresh how long it is fresh; not negative
   * @param kept how long it is kept; at least as long
   * @return the entry, with the token and the numbers of this lease
   */
  public LayerEntry entry(
      byte @Nullable [] value,
      Set<String> tags,
      @Nullable String validator,
      Duration fresh,
      Duration kept) {
    return new LayerEntry(token, value, tags, head, wide, validator, 0, Duration.ZERO, fresh, kept);
  }
}
