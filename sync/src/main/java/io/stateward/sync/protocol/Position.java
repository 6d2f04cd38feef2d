package io.stateward.sync.protocol;

import java.util.Objects;

/**
 * A place in the history of a document: how many changes of it were taken in, of which history.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param epoch names the history; another one means that sequences cannot be compared
 * @param sequence the number of changes, from 0
 * @since 0.1
 */
public record Position(String epoch, long sequence) {

  /**
   * Checks that the sequence is one.
   *
   * @param epoch names the history; another one means that sequences cannot be compared
   * @param sequence the number of changes, from 0
   */
  public Position {
    Objects.requireNonNull(epoch, "epoch");
    if (sequence < 0) {
      throw new IllegalArgumentException(
          "A sequence counts changes from 0; %d is none.".formatted(sequence));
    }
  }
}
