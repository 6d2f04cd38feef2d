package io.stateward.testkit.cache;

import java.time.Duration;

/**
 * What an auditor has seen so far, in figures.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param checks how often a key was compared with the source
 * @param suspects how many keys are to be looked at again now
 * @param stale how many entries were found that stayed stale for longer than the bound
 * @param staleNow how many of them are still there
 * @param longest how long the longest of them has been stale, as far as is known; zero if none was
 * @param skipped how many keys were not taken as the queue was full
 * @param failed how many checks were void, as the source or an instance did not answer
 * @since 0.1
 */
public record AuditReport(
    long checks,
    long suspects,
    long stale,
    long staleNow,
    Duration longest,
    long skipped,
    long failed) {

  /** What is seen before anything was looked at. */
  static final AuditReport NOTHING = new AuditReport(0, 0, 0, 0, Duration.ZERO, 0, 0);
}
