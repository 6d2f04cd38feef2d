package io.stateward.optimistic;

/**
 * What becomes of a mutation that the server does not answer in time, so that it does not hold up
 * what was confirmed after it for ever.
 *
 * <pre>{@code
 * plan.timeout(Duration.ofSeconds(10), Unanswered.askAgain(3).thenDrop())
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class Unanswered {

  private static final Unanswered CONFLICT = new Unanswered(0, false); // each plan begins with it

  private final int again;
  private final boolean dropped;

  private Unanswered(int again, boolean dropped) {
    this.again = again;
    this.dropped = dropped;
  }

  /**
   * Sends it again, by its id, each time the time is over, and gives it up as a conflict after
   * that.
   *
   * @param times how often; at least 1
   * @return the policy
   * @throws IllegalArgumentException if that is less than 1
   */
  public static Unanswered askAgain(int times) {
    if (times < 1) {
      throw new IllegalArgumentException(
          "A mutation is sent again at least once, not %d times. Use drop() or conflict() not to."
              .formatted(times));
    }
    return new Unanswered(times, false);
  }

  /**
   * Takes it out; it becomes a {@link DeadLetter}.
   *
   * @return the policy
   */
  public static Unanswered drop() {
    return new Unanswered(0, true);
  }

  /**
   * Lets its {@link Resolution} decide between it and what is confirmed.
   *
   * @return the policy
   */
  public static Unanswered conflict() {
    return CONFLICT;
  }

  /**
   * Returns this policy, with the mutation taken out in the end.
   *
   * @return the policy
   */
  public Unanswered thenDrop() {
    return new Unanswered(again, true);
  }

  int again() {
    return again;
  }

  boolean isDropped() {
    return dropped;
  }
}
