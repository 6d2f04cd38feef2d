package io.stateward.benchmarks.store;

import io.stateward.benchmarks.Workload;

/**
 * The questions asked of a store.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class StoreWorkloads {

  /** How many operations one run of the fine-grained workloads is. */
  public static final int BATCH = 1_000;

  private StoreWorkloads() {}

  /**
   * What does it cost to change one entity, whose one subscriber is told, while others subscribe to
   * other entities?
   *
   * @param contender whom to ask
   * @param entities how many entities there are
   * @param subscribers how many of them have a subscriber each
   * @param changed how many of those are changed in turn; at most {@code subscribers}
   * @return changes of one entity after the other
   */
  public static Workload keyed(String contender, int entities, int subscribers, int changed) {
    return new KeyedWorkload(Audiences.of(contender, entities, subscribers), changed);
  }

  /**
   * What does a commit cost when one subscriber is told?
   *
   * @param contender whom to ask
   * @return a batch of commits
   */
  public static Workload commit(String contender) {
    Publisher publisher = Publishers.of(contender);
    return new Workload() {
      private long committed;

      @Override
      public void run() {
        for (int i = 0; i < BATCH; i++) {
          publisher.commit();
        }
        committed += BATCH;
      }

      @Override
      public long operations() {
        return BATCH;
      }

      @Override
      public void verify() {
        long sum = committed * (committed + 1) / 2;
        Workload.require("The sum of what the subscriber was told", sum, publisher.told());
      }

      @Override
      public void close() {
        publisher.close();
      }
    };
  }

  /**
   * What does it cost to read the current value?
   *
   * @param contender whom to ask
   * @return a batch of reads
   */
  public static Workload get(String contender) {
    return Reads.of(contender, BATCH);
  }

  /**
   * How fast do many threads update one value, none waiting for any other?
   *
   * @param contender whom to ask
   * @param writers the number of threads
   * @param updates the number of updates of each thread
   * @return one storm of updates
   */
  public static Workload writers(String contender, int writers, int updates) {
    return new WritersWorkload(() -> Tallies.of(contender), writers, updates);
  }

  /**
   * Counts the updates that are lost while many threads write and one subscriber listens, and
   * refuses to answer if the subscriber was not led from the first value to the last in order.
   *
   * @param contender whom to ask; only Stateward answers
   * @param writers the number of threads
   * @param updates the number of updates of each thread
   * @return the number of lost updates
   */
  public static long lostUpdates(String contender, int writers, int updates) {
    ListenedTally tally = new ListenedTally(contender);
    try (Workload storm = new WritersWorkload(() -> tally, writers, updates)) {
      storm.run();
      tally.verify();
      return storm.operations() - tally.value();
    }
  }

  /**
   * Counts the bytes that stay behind when derived signals are subscribed to, closed and forgotten.
   *
   * @param contender whom to ask; only Stateward answers
   * @param signals how many signals are made one after the other
   * @return the growth of the heap in bytes
   */
  public static long leakedByDerived(String contender, int signals) {
    return DerivedLeak.bytes(contender, signals);
  }
}
