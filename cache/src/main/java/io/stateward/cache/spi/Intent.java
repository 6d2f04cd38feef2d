package io.stateward.cache.spi;

import io.stateward.cache.Stamp;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An announced write.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param token never given twice
 * @param stamp the stamp of the invalidation that came with it
 * @param wide the head of the wide bucket when it was announced
 * @param connection which connection of the session announced it
 * @since 0.1
 */
public record Intent(String token, Stamp stamp, Head wide, long connection) {

  /**
   * Returns an entry to be stored under this intent, of no version, as if just loaded.
   *
   * @param value the encoded value; null if there is none
   * @param tags what it can be invalidated by besides its key
   * @param validator what the source can be asked with whether it has changed; null if there is
   *     none
   * @param fresh how long it is fresh; not negative
   * @param kept how long it is kept; at least as long
   * @return the entry, with the token and the numbers of this intent
   */
  public LayerEntry entry(
      byte @Nullable [] value,
      Set<String> tags,
      @Nullable String validator,
      Duration fresh,
      Duration kept) {
    return new LayerEntry(
        token,
        value,
        tags,
        new Head(stamp.epoch(), stamp.sequence()),
        wide,
        validator,
        0,
        Duration.ZERO,
        fresh,
        kept);
  }
}
