package io.stateward.sync.hub;

import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one connection that wait to be taken in: at most so many, and at most so fast.
 *
 * <p>Thread safety: the transport adds; the turn of the session takes.
 */
final class Inbox {

  private final HubSetting setting;
  private final Runnable again;
  private final Queue<String> frames = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();
  private final Bucket frameRate; // for who takes
  private final Bucket byteRate; // for who takes
  private @Nullable Timer pause; // for who takes

  /**
   * Makes one.
   *
   * @param again called when frames may be taken that had to wait
   */
  Inbox(HubSetting setting, Runnable again) {
    this.setting = setting;
    this.again = again;
    long now = setting.nanos();
    this.frameRate = new Bucket(setting.limits().eachConnection().framesPerSecond(), now);
    this.byteRate = new Bucket(setting.limits().eachConnection().bytesPerSecond(), now);
  }

  /** Adds a frame, or answers that there are too many. */
  boolean add(String frame) {
    ConnectionLimits limits = setting.limits().eachConnection();
    if (waiting.incrementAndGet() > limits.waitingFrames()
        || characters.addAndGet(frame.length()) > limits.waitingBytes()) {
      return false;
    }
    frames.add(frame);
    return true;
  }

  /** Returns the next frame, or null if there is none or it has to wait. */
  @Nullable String next() {
    String next = frames.peek();
    if (next == null) {
      return null;
    }
    long now = setting.nanos();
    boolean mayFrames = frameRate.hasAny(now);
    if (!byteRate.hasAny(now) || !mayFrames) {
      pause(Math.max(frameRate.waitNanos(), byteRate.waitNanos()));
      return null;
    }
    frameRate.take(1);
    byteRate.take(next.length());
    frames.remove();
    waiting.decrementAndGet();
    characters.addAndGet(-next.length());
    return next;
  }

  private void pause(long nanos) {
    if (pause == null) {
      pause = setting.timekeeper().schedule(Duration.ofNanos(nanos), this::resume);
    }
  }

  private void resume() {
    again.run();
  }

  /** Forgets that it waits; called in the turn, when it may have waited enough. */
  void wake() {
    Timer timer = pause;
    pause = null;
    if (timer != null) {
      timer.cancel();
    }
  }

  void clear() {
    wake();
    frames.clear();
  }
}
