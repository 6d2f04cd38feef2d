package io.stateward.benchmarks.history;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The questions asked of time travel: a state of 100,000 entities, and 10,000 commits, each of
 * which changes one of them.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class HistoryWorkloads {

  /** How many jumps one run is. */
  public static final int JUMPS = 100;

  private static final int ENTITIES = 100_000;
  private static final int COMMITS = 10_000;
  private static final int ROUNDS = 10;

  private HistoryWorkloads() {}

  /**
   * What does it cost to look at another moment?
   *
   * @return jumps, each to another moment, of which one subscriber of the view is told
   */
  public static Workload jump() {
    Travel travel = Travel.over(ENTITIES, COMMITS);
    return new JumpWorkload(travel, COMMITS, JUMPS) {
      @Override
      public void close() {
        super.close();
        travel.close();
      }
    };
  }

  /**
   * Looks for the slowest of 10,000 jumps, each to another moment. All of them are made again and
   * again, and of each the least time counts: what holds the thread up from outside comes at
   * another one the next time, and a jump that is slow stays so.
   *
   * @return its time in nanoseconds
   */
  public static long slowestJump() {
    long[] least = new long[COMMITS];
    Arrays.fill(least, Long.MAX_VALUE);
    Travel travel = Travel.over(ENTITIES, COMMITS);
    for (int round = 0; round < ROUNDS; round++) {
      try (JumpWorkload jump = new JumpWorkload(travel, COMMITS, 1)) {
        for (int i = 0; i < COMMITS; i++) {
          long start = System.nanoTime();
          jump.run();
          least[i] = Math.min(least[i], System.nanoTime() - start);
        }
        jump.verify();
      }
    }
    travel.close();
    return LongStream.of(least).max().orElseThrow();
  }

  /**
   * Weighs what keeps a state and what came after it.
   *
   * @param what {@code state}: one state with its entities; {@code timeline}: a store with all its
   *     commits in a timeline; {@code actions}: a reducing store, with the actions as well; {@code
   *     undo}: a store with a history of which every commit can be undone
   * @return the bytes retained
   */
  public static long retained(String what) {
    make(what, JUMPS, JUMPS); // loads the classes
    return Heap.retainedBy(() -> make(what, ENTITIES, COMMITS));
  }

  private static Object make(String what, int entities, int commits) {
    return switch (what) {
      case "state" -> Item.table(entities);
      case "timeline" -> Travel.over(entities, commits);
      case "actions" -> Travel.withActions(entities, commits);
      case "undo" -> Undo.over(entities, commits);
      default -> throw new IllegalArgumentException("No such thing to weigh: " + what);
    };
  }
}
