package io.stateward.signal;

import java.io.Serial;

/**
 * Thrown by an update or a subscription that an updater tries to make. Updaters run under the lock
 * of their store, so they may only compute the next value.
 *
 * @since 0.1
 */
public final class NestedUpdateException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param outer the store whose updater is running
   * @param attempted what the updater tried, for example "update of store 'cart'"
   */
  public NestedUpdateException(String outer, String attempted) {
    super(
        "The updater of store '%s' tried what it may not: %s. An updater only computes the next value: do it after the update, in a subscriber, or change several stores with Store.atomically and name them all."
            .formatted(outer, attempted));
  }
}
