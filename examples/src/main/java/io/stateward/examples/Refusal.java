package io.stateward.examples;

/**
 * A request that is not acceptable, with the HTTP status and a sentence for whoever made it.
 *
 * @since 0.1
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Creates a refusal.
   *
   * @param status the HTTP status, 400 to 599
   * @param message what is wrong and what would be right
   */
  public Refusal(int status, String message) {
    super(message, null, false, false); // an answer, not a fault: no stack trace
    this.status = status;
  }

  /**
   * Returns a refusal of input that makes no sense.
   *
   * @param message what is wrong and what would be right
   * @return status 400 with that message
   */
  public static Refusal badInput(String message) {
    return new Refusal(400, message);
  }

  /**
   * Returns the status to answer with.
   *
   * @return the HTTP status
   */
  public int status() {
    return status;
  }
}
