package io.stateward.signal;

import java.io.Serial;
import java.util.List;

/**
 * Thrown by an update that a callback makes when updates and callbacks have been causing each other
 * without end. The update does not happen; the state stands as it was.
 *
 * @since 0.1
 */
public final class FeedbackLoopException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> chain;

  /**
   * Creates the exception.
   *
   * @param store the store whose update was refused
   * @param depth how many updates caused each other
   * @param chain the last links of the chain, latest first, each as "store@version -> subscriber"
   */
  public FeedbackLoopException(String store, int depth, List<String> chain) {
    super(
        "Update of store '%s' refused: %d updates in a row were each made by a callback of the one before. Latest first: %s. Make the callback stop when nothing is left to change, or derive the value instead of storing it."
            .formatted(store, depth, String.join(" <- ", chain)));
    this.chain = List.copyOf(chain);
  }

  /**
   * Returns the last links of the chain.
   *
   * @return links as "store@version -> subscriber", latest first
   */
  public List<String> chain() {
    return chain;
  }
}
