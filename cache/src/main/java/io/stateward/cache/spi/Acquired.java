package io.stateward.cache.spi;

import java.time.Duration;

/**
 * The answer to who asks for a lease.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Acquired {

  /**
   * Load it.
   *
   * @param lease the permission to put it in
   */
  record Leased(Lease lease) implements Acquired {}

  /**
   * Somebody has filled it meanwhile.
   *
   * @param reading what is there
   */
  record Filled(Reading reading) implements Acquired {}

  /**
   * Somebody else is loading it.
   *
   * @param remaining how long their lease still holds
   */
  record Busy(Duration remaining) implements Acquired {}

  /** Somebody is writing it: what is loaded now must not be stored. */
  record Writing() implements Acquired {}
}
