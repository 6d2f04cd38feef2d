package io.stateward.testkit.cache;

import java.util.List;

/**
 * One question to a layer.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param operation what it is asked for
 * @param cache the name of the cache
 * @param keys the keys that it concerns, as text; empty if it concerns none in particular
 * @since 0.1
 */
public record LayerCall(LayerOperation operation, String cache, List<String> keys) {

  /**
   * Copies the keys.
   *
   * @param operation what it is asked for
   * @param cache the name of the cache
   * @param keys the keys that it concerns
   */
  public LayerCall {
    keys = List.copyOf(keys);
  }
}
