package io.stateward.cache.spi;

import java.util.Map;

/**
 * The latest invalidations that concern many keys: an entry is valid only if its lease is younger
 * than each that concerns it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param head the head of the wide bucket
 * @param all the number of the latest invalidation of everything, or of the latest tag or prefix
 *     that is not kept any more; 0 if there was none
 * @param tags the number of the latest one of each tag
 * @param prefixes the number of the latest one of each prefix
 * @since 0.1
 */
public record WideMarks(Head head, long all, Map<String, Long> tags, Map<String, Long> prefixes) {

  /**
   * Copies the maps.
   *
   * @param head the head of the wide bucket
   * @param all the number of the latest one of everything
   * @param tags of each tag
   * @param prefixes of each prefix
   */
  public WideMarks {
    tags = Map.copyOf(tags);
    prefixes = Map.copyOf(prefixes);
  }
}
