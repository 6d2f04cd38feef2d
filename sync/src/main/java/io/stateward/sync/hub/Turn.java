package io.stateward.sync.hub;

import io.stateward.signal.Probe;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that is done by one thread at a time, and once more whenever somebody asked for it since it
 * began.
 *
 * <p>Thread safety: safe for any number of threads; each round sees what was done before it was
 * asked for, and what the round before did.
 */
final class Turn {

  /*
   * Concurrency
   * -----------
   * Who raises asked from zero has the work begun; everybody else only raises it. The worker notes
   * the count before a round and takes it off after: if it is not zero then, somebody asked while
   * the round ran, perhaps after it had looked, and there is another. So no request is lost:
   *
   *     asker                     worker                        asked
   *     write what there is       seen = 1                      1
   *     .                         looks, finds nothing          1
   *     asked 1 -> 2              .                             2
   *     .                         asked 2 - 1 = 1: once more    1
   *
   * After many rounds the worker gives its thread back and asks the executor anew, so a document
   * that is never quiet does not hold a thread of a small pool forever. An executor that runs tasks
   * where they are handed in nests one call for each of these.
   */

  private static final int ROUNDS = 256;

  private final String name;
  private final Executor executor;
  private final Runnable round;
  private final Runnable refused;
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * Makes one.
   *
   * @param round the work; what it throws is reported, and the next round is done as usual
   * @param refused called when the executor does not take the work: it will not be done
   */
  Turn(String name, Executor executor, Runnable round, Runnable refused) {
    this.name = name;
    this.executor = executor;
    this.round = round;
    this.refused = refused;
  }

  /** Has a round begin after this call, here or on the executor. */
  void ask() {
    if (asked.getAndIncrement() == 0) {
      begin();
    }
  }

  private void begin() {
    try {
      executor.execute(this::rounds);
    } catch (Throwable t) { // rejected, most likely
      asked.set(0);
      Probe.report(name, "Its executor refused the work, so it is given up.", t);
      refused.run();
    }
  }

  private void rounds() {
    for (int done = 0; done < ROUNDS; done++) {
      int seen = asked.get();
      try {
        round.run();
      } catch (Throwable t) { // a mistake in here must not leave the work without a worker
        Probe.report(name, "It failed in its turn; the next one begins as usual.", t);
      }
      if (asked.addAndGet(-seen) == 0) {
        return;
      }
    }
    begin();
  }
}
