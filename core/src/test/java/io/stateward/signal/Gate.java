package io.stateward.signal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A place where one thread is held until another opens it, so that a schedule is chosen and not
 * hoped for.
 *
 * <pre>{@code
 * try (Gate gate = new Gate(patience)) {
 *   signal.subscribe(change -> gate.hold());
 *   var writer = Concurrently.start(() -> store.set(1));
 *   gate.awaitHeld(); // the subscriber is in its callback, and stays there
 *   assertThat(signal.get()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Every wait is bounded; closing opens the gate.
 *
 * @since 0.1
 */
public final class Gate implements AutoCloseable {

  private final Duration patience;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /**
   * Creates a closed gate.
   *
   * @param patience the longest that anybody waits
   */
  public Gate(Duration patience) {
    this.patience = patience;
  }

  /**
   * Says that the caller is here, and holds it until the gate opens; three times as long as anybody
   * else waits, so that a check gives up before what it checks is let go.
   */
  public void hold() {
    held.countDown();
    await(open, patience.multipliedBy(3), "the gate was not opened");
  }

  /** Waits until somebody is held. */
  public void awaitHeld() {
    await(held, patience, "nobody came to the gate");
  }

  /** Lets go of who is held, and of who comes later. */
  public void open() {
    open.countDown();
  }

  @Override
  public void close() {
    open();
  }

  private static void await(CountDownLatch latch, Duration limit, String otherwise) {
    try {
      if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("After %s, %s.".formatted(limit, otherwise));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting.", e);
    }
  }
}
