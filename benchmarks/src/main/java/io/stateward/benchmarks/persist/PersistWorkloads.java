package io.stateward.benchmarks.persist;

import io.stateward.benchmarks.Workload;

/**
 * The questions asked of what is kept in files.
 *
 * <p>The files are in a folder beside the classes, so on the disk that holds them: a folder for
 * temporary files may be in memory. It is deleted when a workload is closed.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class PersistWorkloads {

  /** How many records one run appends. */
  public static final int RECORDS = 64;

  private static final int MEGABYTE = 1_000_000;
  private static final int RECORD_BYTES = 100;

  private PersistWorkloads() {}

  /**
   * How long does it take until 1 MB of state is in its file, encoding aside?
   *
   * @param contender whom to ask
   * @return one change of the state and one save
   */
  public static Workload save(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardSave(MEGABYTE);
      case "by-hand" -> new SaveByHand(MEGABYTE);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  /**
   * How long does it take until a record of 100 bytes is in a journal?
   *
   * @param contender whom to ask
   * @param threads how many threads append at the same time, each waiting for its records
   * @return some records
   */
  public static Workload append(String contender, int threads) {
    return new AppendWorkload(Log.of(contender), threads, RECORDS, RECORD_BYTES);
  }
}
