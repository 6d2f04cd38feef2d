package io.stateward.benchmarks.flow;

import io.stateward.benchmarks.Workload;

/**
 * The questions asked of reducing stores and of race control.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class FlowWorkloads {

  /** How many operations one run is. */
  public static final int BATCH = 1_000;

  private FlowWorkloads() {}

  /**
   * What does it cost to change a state, of which one subscriber is told?
   *
   * @param state {@code number}, the smallest there is, or {@code entities}: 10,000 of them, of
   *     which one is changed
   * @param way {@code update}: a plain update of a plain store; {@code dispatch}: an action for a
   *     reducing store; {@code middlewares}: the same through logging at a disabled level, timing
   *     and checking. The number is timed by a clock in memory, since to read that of the system
   *     takes longer than to change a number; the entities by the system's.
   * @return a batch of changes
   */
  public static Workload change(String state, String way) {
    return switch (state) {
      case "number" -> NumberChanges.by(way, BATCH);
      case "entities" -> EntityChanges.by(way, BATCH);
      default -> throw new IllegalArgumentException("No such state: " + state);
    };
  }

  /**
   * What does a call cost that joins a load under way for the same key?
   *
   * @param contender whom to ask
   * @param answer how a caller gets the result: {@code told} by a callback; or {@code own}, read
   *     from a future of its own, which it may cancel without harm to the others; or {@code read}
   *     from whatever future there is
   * @return a batch of calls, a hundred to a load
   */
  public static Workload coalesced(String contender, String answer) {
    return Coalescings.of(contender, answer, BATCH);
  }

  /**
   * What does it cost to take the lock of a key and to give it back, when nobody else wants it?
   *
   * @param contender whom to ask
   * @param keys how many keys are taken, one after the other
   * @return a batch of locks
   */
  public static Workload lock(String contender, int keys) {
    return Locks.of(contender, keys, BATCH);
  }

  /**
   * Counts the bytes that stay behind when keys were locked, and nobody holds them any more.
   *
   * @param contender whom to ask; only Stateward answers
   * @param keys how many keys are locked, a thousand at a time
   * @return the growth of the heap in bytes
   */
  public static long leftByIdleKeys(String contender, int keys) {
    return IdleKeys.bytes(contender, keys);
  }
}
