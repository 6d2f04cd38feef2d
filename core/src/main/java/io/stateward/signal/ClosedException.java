package io.stateward.signal;

import java.io.Serial;

/**
 * Thrown by using what was closed: updating or subscribing to a closed store, opening something in
 * a closed scope.
 *
 * @since 0.1
 */
public final class ClosedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the exception for something that has a value.
   *
   * @param what the thing that is closed, for example "Store 'cart'"
   * @param attempted what was tried, for example "update"
   */
  public ClosedException(String what, String attempted) {
    this(
        what,
        attempted,
        "Its last value can still be read; to go on, make a new one, and close this one later than its users.");
  }

  /**
   * Creates the exception.
   *
   * @param what the thing that is closed, for example "Scope 'page'"
   * @param attempted what was tried, for example "opening child 'dialog'"
   * @param advice what to do, as sentences
   */
  public ClosedException(String what, String attempted, String advice) {
    super("%s is closed, so %s is not possible. %s".formatted(what, attempted, advice));
  }
}
