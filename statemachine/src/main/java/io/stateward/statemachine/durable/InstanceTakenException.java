package io.stateward.statemachine.durable;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * A macrostep was not committed, as another process has moved the instance, or deleted it. The
 * actor has stopped, and has done nothing about that macrostep.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class InstanceTakenException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param key of the record
   * @param seen the version that this process has seen
   * @param found what it found instead, such as {@code version 7}
   */
  public InstanceTakenException(String key, long seen, String found) {
    super(
        "Instance %s was seen at version %d, but found at %s: another process has it. Nothing was done here; load it again to go on from there."
            .formatted(key, seen, found));
  }
}
