package io.stateward.sync.hub;

import io.stateward.sync.protocol.MessageWriter;
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
  private final Bucket characterRate; // for who takes
  private @Nullable Timer pause; // for who takes

  private record Message(String text, int frames, boolean first) {

    int countedFrames() {
      return first ? 1 : frames;
    }

    int countedCharacters() {
      return first ? 0 : text.length();
    }
  }

  /**
   * Makes one.
   *
   * @param again called when messages may be taken that had to wait
   */
  Inbox(HubSetting setting, Runnable again) {
    this.setting = setting;
    this.again = again;
    long now = setting.nanos();
    this.frameRate = new Bucket(setting.limits().eachConnection().framesPerSecond(), now);
    this.characterRate = new Bucket(setting.limits().eachConnection().charactersPerSecond(), now);
  }

  /**
   * Adds a message, or answers that there is too much. A message of ordinary length that finds
   * nothing waiting is taken whole, whatever the limits, and counts as one frame without length
   * while it waits: else its sender, and what it sends right after it, would come again for ever.
   */
  boolean add(String text) {
    ConnectionLimits limits = setting.limits().eachConnection();
    int frames = Messages.count(text);
    boolean first = waiting.get() == 0 && frames <= MessageWriter.MOST_FRAMES;
    Message message = new Message(text, frames, first);
    int now = waiting.addAndGet(message.countedFrames());
    long size = characters.addAndGet(message.countedCharacters());
    if (!first && (now > limits.waitingFrames() || size > limits.waitingCharacters())) {
      return false;
    }
    messages.add(message);
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
    if (!characterRate.hasAny(now) || !mayFrames) {
      pause(Math.max(frameRate.waitNanos(), characterRate.waitNanos()));
      return null;
    }
    frameRate.take(next.frames());
    characterRate.take(next.text().length());
    messages.remove();
    waiting.addAndGet(-next.countedFrames());
    characters.addAndGet(-next.countedCharacters());
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
