package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Workload;
import io.stateward.benchmarks.optimistic.RightGuesses.Answers;
import java.util.stream.Stream;

/**
 * The questions asked of optimistic updates: a state of 100,000 entities, and changes of one each,
 * all over it, that wait for the server.
 *
 * <p>Who can be asked: {@code stateward}; {@code snapshots}, which puts the state before a change
 * back if that fails, and so loses what was done meanwhile; {@code layers}, which makes each layer
 * anew when one below it goes, by hand and for one thread.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class OptimisticWorkloads {

  /** How many changes one run is. */
  public static final int BATCH = 1_000;

  /** How many entities there are. */
  public static final int ENTITIES = 100_000;

  private static final int PAIRS = 10_000;
  private static final int PENDING = 1_000;
  private static final int PUSHES = 100;

  private OptimisticWorkloads() {}

  /**
   * What does it cost to make a change, and to acknowledge the oldest one?
   *
   * @param contender whom to ask
   * @param entities how many entities there are
   * @param pending how many changes are under way all the time; at least one
   * @return a batch of both; one subscriber is told of each change
   */
  public static Workload mutate(String contender, int entities, int pending) {
    return new GuessWorkload(Guesses.of(contender, entities), entities, false, pending, BATCH);
  }

  /**
   * What does it cost to take the oldest change back, and to make another one?
   *
   * @param contender whom to ask; not {@code snapshots}, which cannot
   * @param pending how many changes are under way all the time; at least one
   * @return one of both; one subscriber is told of each
   */
  public static Workload reject(String contender, int pending) {
    return new GuessWorkload(Guesses.of(contender, ENTITIES), ENTITIES, true, pending, 1);
  }

  /**
   * What does it cost to take a push of the server?
   *
   * @param pending how many changes are under way all the time
   * @return one push; one subscriber is told of it
   */
  public static Workload push(int pending) {
    return new PushWorkload(ENTITIES, pending);
  }

  /**
   * Counts how often commands are executed because of a hundred pushes that arrive while the store
   * is busy with the last of a hundred changes.
   *
   * @return executions; as many as there are changes, if all pushes are folded at once
   */
  public static long executionsByPushesAtOnce() {
    try {
      return PushesAtOnce.executions(ENTITIES, PUSHES, PUSHES);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the pushes were under way", e);
    }
  }

  /**
   * Counts what subscribers are told when the server carries 10,000 changes out as they were
   * guessed.
   *
   * @param withData whether it answers with what it has now, ten changes at a time; otherwise it
   *     acknowledges them alone, one at a time, and then 10,000 others ten at a time, in any order
   * @return notifications beyond those of the changes themselves
   */
  public static long notificationsOfRightGuesses(boolean withData) {
    Answers[] ways =
        withData
            ? new Answers[] {Answers.WITH_DATA}
            : new Answers[] {Answers.AT_ONCE, Answers.IN_ANY_ORDER};
    return Stream.of(ways)
        .mapToLong(answers -> RightGuesses.notifications(answers, ENTITIES, PAIRS))
        .sum();
  }

  /**
   * Weighs what a change under way keeps alive: the state that it made, as far as that is not
   * shared, and what is needed to make it again.
   *
   * @param contender whom to ask
   * @return the mean of a thousand, in bytes
   */
  public static long retainedByPending(String contender) {
    return Traces.pending(contender, ENTITIES, PENDING);
  }

  /**
   * Counts the bytes that stay behind when 100,000 changes were settled, in every way there is.
   *
   * @return the growth of the heap in bytes
   */
  public static long leftBySettled() {
    return Traces.settled(ENTITIES, ENTITIES);
  }
}
