package io.stateward.examples;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events to one browser, and the executor that subscriptions deliver on.
 *
 * <pre>{@code
 * signal.subscribe(Delivery.latest().on(stream), change -> stream.send("value", toJson(change.now())));
 * }</pre>
 *
 * <p>Tasks run one at a time on the thread of the request. A browser that does not keep up blocks
 * that thread and no other; meanwhile each subscription with {@code Delivery.latest()} keeps one
 * change and has at most one task here, so what waits is bounded by what the browser looks at. What
 * is sent by tasks that wait together leaves in one piece.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads, except {@link #send}, which belongs to
 * the tasks.
 *
 * <p><b>Failure.</b> When the browser has left, the stream ends and later tasks are dropped.
 *
 * @since 0.1
 */
public final class EventStream implements Executor {

  private static final int HEARTBEAT_SECONDS = 10;

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final OutputStream out;
  private volatile boolean ended;
  private volatile Duration pause = Duration.ZERO;

  EventStream(OutputStream out) {
    this.out = new BufferedOutputStream(out, 16_384);
  }

  @Override
  public void execute(Runnable task) {
    if (!ended) {
      tasks.add(task);
    }
  }

  /**
   * Sends an event. Call it from a task.
   *
   * @param event the type of the event
   * @param data one line, for example JSON
   */
  public void send(String event, String data) {
    write("event: " + event + "\ndata: " + data + "\n\n");
  }

  /**
   * Makes this stream as slow as a browser that does not keep up, to see what that does to others.
   *
   * @param pause how long nothing happens after each piece that was sent; zero for full speed
   */
  public void slowDown(Duration pause) {
    this.pause = pause;
  }

  /** Says goodbye to the browser and ends the stream, after what waits. */
  void stop() {
    stopping.countDown();
    execute(
        () -> {
          send("stopped", "{}");
          ended = true;
        });
  }

  /** Runs the tasks until the stream ends. */
  void run() {
    try {
      while (!ended) {
        Runnable task = tasks.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (task == null) {
          write(": still here\n\n");
        } else {
          task.run();
        }
        if (tasks.isEmpty()) {
          flush();
          stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      tasks.clear();
      done.countDown();
    }
  }

  void awaitEnd(long millis) throws InterruptedException {
    done.await(millis, TimeUnit.MILLISECONDS);
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) { // the browser left; nobody is there to be told
      ended = true;
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) { // as above
      ended = true;
    }
  }
}
