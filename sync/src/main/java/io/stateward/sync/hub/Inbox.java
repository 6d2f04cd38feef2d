package io.stateward.sync.hub;

import io.stateward.sync.protocol.Messages;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection that wait to be taken in: at most so many frames, and at most so
 * fast.
 *
 * <p>Thread safety: the transport adds; the turn of the session takes.
 */
final class Inbox {

  private final HubSetting setting;
  private final Runnable again;
  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();
  private final Bucket frameRate; // for who takes
  private final Bucket byteRate; // for who takes
  private @Nullable Timer pause; // for who takes

  private record Message(String text, int frames) {}

  /**
   * Makes one.
   *
   * @param again called when messages may be taken that had to wait
   */
  Inbox(HubSetting setting, Runnable again) {
    this.setting = setting;
    this.again = again;
    long now = setting.nanos();
    this.frameRate = new Bucket(setting.limits().framesPerSecond(), now);
    this.byteRate = new Bucket(setting.limits().bytesPerSecond(), now);
  }

  /**
   * Adds a message, or answers that there is too much. What comes while there is room is taken
   * whole: else who has more to say at once than may wait would be sent away for ever.
   */
  boolean add(String text) {
    HubLimits limits = setting.limits();
    int frames = Messages.count(text);
    if (waiting.getAndAdd(frames) >= limits.waitingFrames()
        || characters.getAndAdd(text.length()) >= limits.waitingBytes()) {
      return false;
    }
    messages.add(new Message(text, frames));
    return true;
  }

  /** Returns the next message, or null if there is none or it has to wait. */
  @Nullable String next() {
    Message next = messages.peek();
    if (next == null) {
      return null;
    }
    long now = setting.nanos();
    boolean mayFrames = frameRate.hasAny(now);
    if (!byteRate.hasAny(now) || !mayFrames) {
      pause(Math.max(frameRate.waitNanos(), byteRate.waitNanos()));
      return null;
    }
    frameRate.take(next.frames());
    byteRate.take(next.text().length());
    messages.remove();
    waiting.addAndGet(-next.frames());
    characters.addAndGet(-next.text().length());
    return next.text();
  }

  int waiting() {
    return waiting.get();
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
    messages.clear();
  }
}
