package io.stateward.cache.spi;

import java.util.List;

/**
 * A part of the log of a bucket.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param head the head of the bucket when it was read
 * @param complete whether nothing is missing between what was asked for and the first entry; false
 *     if the epoch is another one or the log does not reach back so far
 * @param entries what follows, oldest first, without gaps; empty if it is not complete
 * @since 0.1
 */
public record LogPage(Head head, boolean complete, List<Logged> entries) {

  /**
   * Copies the entries.
   *
   * @param head the head of the bucket
   * @param complete whether nothing is missing
   * @param entries what follows
   */
  public LogPage {
    entries = List.copyOf(entries);
  }

  /**
   * An invalidation with its number.
   *
   * @param sequence the number
   * @param invalidation what was invalidated
   */
  public record Logged(long sequence, Invalidation invalidation) {}
}
