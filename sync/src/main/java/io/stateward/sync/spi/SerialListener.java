package io.stateward.sync.spi;

import io.stateward.signal.Probe;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A listener between a transport and another listener, that keeps the rules of {@link
 * ConnectionListener} whatever the transport does: it holds back what comes too early, makes one
 * call at a time, tells the end once and nothing after it, and survives what the other throws.
 *
 * <pre>{@code
 * SerialListener told = SerialListener.named("my transport", () -> socket.fail(1011));
 * socket.onText(told::onFrame);                  // from any thread
 * connected.complete(connection);
 * told.release(listener);                        // first what came meanwhile
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. The other is called on one of those that
 * call this one; no lock is held meanwhile.
 *
 * <p><b>Ordering.</b> Calls of one thread reach the other in their order; what comes after the
 * first {@link #onClosed} is dropped.
 *
 * <p><b>Failure.</b> What the other throws is reported to {@link Probe}; then the action given at
 * the beginning runs, which should close the connection with 1011.
 *
 * <p><b>Cost.</b> It holds what comes while the other is busy: a transport that reads one frame
 * after the other adds nothing.
 *
 * @since 0.1
 */
public final class SerialListener implements ConnectionListener {

  /*
   * Concurrency: `waiting` counts what is in the queue, and one more until the release. Whoever
   * raises it from 0 delivers, until it has brought it back to 0; so one thread delivers at a time,
   * and sees what the one before did, by the counter's own order.
   */

  private final String name;
  private final Runnable failed;
  private final Queue<Event> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger(1);
  private final AtomicInteger releases = new AtomicInteger();
  private @Nullable ConnectionListener listener; // written before the first delivery
  private boolean closed; // of the delivering thread

  private record Event(String text, int code) {}

  private static final int FRAME = -1;

  private SerialListener(String name, Runnable failed) {
    this.name = name;
    this.failed = failed;
  }

  /**
   * Creates one that holds back everything until it is released.
   *
   * @param name how reports of failures call the transport
   * @param failed runs when the other listener has thrown; closes the connection
   * @return the listener for the transport to call
   */
  public static SerialListener named(String name, Runnable failed) {
    return new SerialListener(
        Objects.requireNonNull(name, "name"), Objects.requireNonNull(failed, "failed"));
  }

  /**
   * Begins to deliver, with what has come meanwhile.
   *
   * @param listener told from now on
   * @throws IllegalStateException if it was released before
   */
  public void release(ConnectionListener listener) {
    Objects.requireNonNull(listener, "listener");
    if (releases.getAndIncrement() > 0) {
      throw new IllegalStateException(
          name + " was released already. A connection has one listener; make another for another.");
    }
    this.listener = listener;
    if (waiting.decrementAndGet() > 0) {
      deliver(listener);
    }
  }

  @Override
  public void onFrame(String frame) {
    add(new Event(frame, FRAME));
  }

  @Override
  public void onClosed(int code, String reason) {
    add(new Event(reason, code));
  }

  private void add(Event event) {
    queue.add(event);
    if (waiting.getAndIncrement() == 0) {
      deliver(Objects.requireNonNull(listener)); // the count was at least 1 before the release
    }
  }

  private void deliver(ConnectionListener to) {
    do {
      Event event = Objects.requireNonNull(queue.poll()); // counted after it was added
      if (!closed) {
        deliver(event, to);
      }
    } while (waiting.decrementAndGet() > 0);
  }

  private void deliver(Event event, ConnectionListener to) {
    try {
      if (event.code == FRAME) {
        to.onFrame(event.text);
      } else {
        closed = true;
        to.onClosed(event.code, event.text);
      }
    } catch (Throwable t) { // even an Error must not leave the queue without who delivers it
      Probe.report(name, "A listener threw on " + describe(event) + "; its connection ends.", t);
      fail();
    }
  }

  private void fail() {
    try {
      failed.run();
    } catch (Throwable t) {
      Probe.report(name, "The connection of a failed listener could not be closed.", t);
    }
  }

  private static String describe(Event event) {
    return event.code == FRAME
        ? "a frame of " + event.text.length() + " characters"
        : "the end with " + event.code;
  }
}
