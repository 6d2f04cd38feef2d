package io.stateward.sync.text;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * Thrown when bytes are not a stored text: damaged, cut off, of a later version, larger than
 * allowed, or something else altogether.
 *
 * @since 0.1
 */
public final class UnreadableTextException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  UnreadableTextException(String problem) {
    super("Cannot read the stored text: " + problem);
  }
}
