package io.stateward.sync.record;

import java.util.Objects;

/**
 * Who makes a change, and which place it takes among all changes of the record.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param client who makes it
 * @param sequence the version that the record has after it, if it changes anything; greater than
 *     the one before. {@link #UNKNOWN} for a change that has no place yet
 * @param limits what is too much
 * @since 0.1
 */
public record RecordContext(String client, long sequence, RecordLimits limits) {

  /** The sequence of a change that has no place yet: after all that have one. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /**
   * Checks the parts.
   *
   * @param client who makes it
   * @param sequence the version that the record has after it
   * @param limits what is too much
   * @throws IllegalArgumentException if the sequence is negative
   */
  public RecordContext {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(limits, "limits");
    if (sequence < 0) {
      throw new IllegalArgumentException(
          "A sequence is not negative, this one is %d.".formatted(sequence));
    }
  }
}
