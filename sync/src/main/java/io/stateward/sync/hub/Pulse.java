package io.stateward.sync.hub;

import io.stateward.sync.protocol.CloseCode;
import io.stateward.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the other end of a connection is alive: it has to say hello in time, and then something
 * every now and then.
 *
 * <p>Thread safety: {@link #heard} and {@link #stop} are safe for any thread; all else is called in
 * the turn of the session, or before it.
 */
final class Pulse {

  private final HubSetting setting;
  private final Session session;
  private volatile long heardNanos;
  private volatile boolean greeted; // written in the turn
  private volatile boolean stopped;
  private volatile @Nullable Timer timer;
  private long beats;

  Pulse(HubSetting setting, Session session) {
    this.setting = setting;
    this.session = session;
    this.heardNanos = setting.nanos();
  }

  /** Begins to wait for the first frame. */
  void begin() {
    next(setting.timekeeper().schedule(setting.times().hello(), this::expectHello));
  }

  private void expectHello() {
    if (!greeted) {
      session.end(CloseCode.SILENT, "Nobody said hello.");
    }
  }

  /** Ends the connection after a while, in case the last answers are not read. */
  void endSoon(CloseCode code, String reason) {
    cancel();
    next(setting.timekeeper().schedule(setting.times().hello(), () -> session.end(code, reason)));
  }

  /** Notes that the first frame has come; answers whether there was one before. */
  boolean greeted() {
    boolean before = greeted;
    greeted = true;
    return before;
  }

  void heard() {
    heardNanos = setting.nanos();
  }

  /** Begins to ping. */
  void beat() {
    cancel();
    next(
        setting
            .timekeeper()
            .schedule(setting.times().heartbeat(), () -> session.put(this::listen)));
  }

  private void listen() {
    long now = setting.nanos();
    if (stopped) {
      return;
    } else if (now - heardNanos > setting.silenceNanos()) {
      session.end(CloseCode.SILENT, "Nothing was heard for too long.");
    } else if (session.sender().stuckNanos(now) > setting.silenceNanos()) {
      session.end(CloseCode.SLOW, "A frame was not taken for too long.");
    } else {
      session.sender().ping(++beats);
      beat();
    }
  }

  private void next(Timer next) {
    timer = next;
    if (stopped) {
      cancel();
    }
  }

  private void cancel() {
    Timer running = timer;
    if (running != null) {
      running.cancel();
    }
  }

  void stop() {
    stopped = true;
    cancel();
  }
}
