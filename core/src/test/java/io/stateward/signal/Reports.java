package io.stateward.signal;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The failures that the library reports while this is open.
 *
 * @since 0.1
 */
public final class Reports implements AutoCloseable {

  private final Queue<Probe.Failed> failures = new ConcurrentLinkedQueue<>();
  private final Subscription attached;

  /** Starts listening. */
  public Reports() {
    attached =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed) {
                failures.add(failed);
              }
            });
  }

  /**
   * Returns the failures that name something.
   *
   * @param name part of where they happened
   * @return the failures so far, in order
   */
  public List<Probe.Failed> naming(String name) {
    return failures.stream().filter(failed -> failed.where().contains(name)).toList();
  }

  @Override
  public void close() {
    attached.close();
  }
}
