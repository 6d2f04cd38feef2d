package io.stateward.sync.hub;

import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a connection is to be told, one frame after the other, as fast as it takes them.
 *
 * <p>Thread safety: safe for any number of threads; the frames are chosen and sent in its turn.
 */
final class Sender {

  /*
   * Concurrency
   * -----------
   * Answers wait in a bounded queue and go first. Subscriptions that may have something stand in
   * line, each once (Line); whoever has sent one frame goes to the end of the line, so one busy
   * document does not keep the others waiting.
   *
   * While a frame is under way nothing is chosen: its completion asks for the turn.
   */

  private final HubSetting setting;
  private final Session session;
  private final Connection connection;
  private final Turn turn;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();
  private final Line<Subscription> line = new Line<>();
  private volatile boolean underWay;
  private volatile long underWayNanos;
  private volatile boolean ended;
  private volatile @Nullable Parting parting;
  private volatile @Nullable Frame pong; // only the last one asked for is worth sending
  private volatile @Nullable Frame ping;

  private record Parting(CloseCode code, String reason) {}

  Sender(HubSetting setting, Session session, Connection connection) {
    this.setting = setting;
    this.session = session;
    this.connection = connection;
    this.turn =
        new Turn(
            "Hub '%s', connection %s".formatted(setting.name(), session.id()),
            setting.executor(),
            this::round,
            () -> session.end(CloseCode.BUSY, "The server cannot answer."));
  }

  /** Sends something before any update. */
  void answer(Frame frame) {
    String text = Frames.encode(frame);
    int frames = waiting.incrementAndGet();
    long size = characters.addAndGet(text.length());
    boolean tooMany =
        frames > setting.limits().eachConnection().answers()
            || (size > setting.limits().eachConnection().answerBytes() && frames > 1);
    if (tooMany) {
      overflow();
      return;
    }
    answers.add(text);
    turn.ask();
  }

  void pong(long number) {
    pong = new Frame.Pong(number);
    turn.ask();
  }

  void ping(long number) {
    ping = new Frame.Ping(number);
    turn.ask();
  }

  /** Too much waits: the other side does not read. */
  void overflow() {
    session.end(CloseCode.SLOW, "Too many answers wait to be read.");
  }

  /** Puts a subscription in line, unless it stands there. */
  void ready(Subscription subscription) {
    if (!ended && line.join(subscription)) {
      turn.ask();
    }
  }

  /** Closes the connection when the answers that wait now have been sent. */
  void endAfterAnswers(CloseCode code, String reason) {
    parting = new Parting(code, reason);
    turn.ask();
  }

  /** Sends nothing more. */
  void end() {
    ended = true;
    answers.clear();
    line.clear();
  }

  /** For how long a frame has been under way, or 0. */
  long stuckNanos(long nowNanos) {
    return underWay ? nowNanos - underWayNanos : 0;
  }

  int waiting() {
    return ended ? 0 : waiting.get();
  }

  long characters() {
    return ended ? 0 : characters.get();
  }

  private void round() {
    while (!underWay && !ended) {
      String frame = next();
      if (frame == null) {
        return;
      }
      send(frame);
    }
  }

  private @Nullable String next() {
    String answer = answers.poll();
    if (answer != null) {
      waiting.decrementAndGet();
      characters.addAndGet(-answer.length());
      return answer;
    }
    Parting last = parting;
    if (last != null) {
      session.end(last.code(), last.reason());
      return null;
    }
    String beat = heartbeat();
    return beat == null ? update() : beat;
  }

  private @Nullable String heartbeat() {
    Frame beat = pong;
    if (beat != null) {
      pong = null;
      return Frames.encode(beat);
    }
    beat = ping;
    ping = null;
    return beat == null ? null : Frames.encode(beat);
  }

  private @Nullable String update() {
    Subscription subscription = line.next();
    while (subscription != null) {
      String frame = subscription.next();
      if (frame != null) {
        ready(subscription);
        return frame;
      }
      subscription = line.next();
    }
    return null;
  }

  private void send(String frame) {
    underWayNanos = setting.nanos();
    underWay = true;
    CompletionStage<Void> stage;
    try {
      stage = connection.send(frame);
    } catch (Throwable t) { // a transport of somebody else
      Probe.report("Hub '%s'".formatted(setting.name()), "A connection threw; it is closed.", t);
      session.end(CloseCode.INTERNAL, "The connection failed.");
      return;
    }
    setting.counters().framesSent.increment();
    stage.whenComplete((nothing, problem) -> sent(problem));
  }

  private void sent(@Nullable Throwable problem) {
    if (problem != null) {
      session.end(CloseCode.INTERNAL, "The connection failed.");
      return;
    }
    underWay = false;
    turn.ask();
  }
}
