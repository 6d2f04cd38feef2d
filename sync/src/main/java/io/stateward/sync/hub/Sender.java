package io.stateward.sync.hub;

import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.MessageWriter;
import io.stateward.sync.spi.Connection;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a connection is to be told, one message after the other, as fast as it takes them.
 *
 * <p>Thread safety: safe for any number of threads; messages are put together and sent in its turn.
 */
final class Sender {

  /*
   * Concurrency
   * -----------
   * Answers wait in a bounded queue and go first. Subscriptions that may have something stand in
   * line, each once (Line); whoever has given one frame goes to the end of the line, so one busy
   * document does not keep the others waiting.
   *
   * While a message is under way nothing is chosen: its completion asks for the turn. What has come
   * together by then goes in the next one, up to a length: so who takes slowly costs less, and
   * nothing waits for others to come. A frame that does not go in is held for the next.
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
  private @Nullable String held; // for the turn
  private volatile boolean holds; // whether there is one
  private boolean parted; // for the turn: the last frame was chosen

  private record Parting(String last, CloseCode code, String reason) {}

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
            || (size > setting.limits().eachConnection().answerCharacters() && frames > 1);
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

  /** Sends a last frame after the answers that wait, and nothing after it; then closes. */
  void part(Frame last, CloseCode code, String reason) {
    parting = new Parting(Frames.encode(last), code, reason);
    turn.ask();
  }

  /** Sends nothing more. */
  void end() {
    ended = true;
    answers.clear();
    line.clear();
  }

  /** For how long a message has been under way, or 0. */
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
      MessageWriter message = gather();
      if (message.frames() == 0) {
        closeIfParted();
        return;
      }
      send(message);
    }
  }

  private void closeIfParted() {
    Parting last = parting;
    if (parted && last != null) {
      session.end(last.code(), last.reason());
    }
  }

  private MessageWriter gather() {
    MessageWriter message = new MessageWriter(MessageWriter.MOST_CHARACTERS);
    String frame = held == null ? next() : held;
    held = null;
    while (frame != null && message.add(frame)) {
      frame = message.isFull() ? null : next();
    }
    held = frame;
    holds = frame != null;
    return message;
  }

  private @Nullable String next() {
    if (parted) {
      return null;
    }
    String answer = answers.poll();
    if (answer != null) {
      waiting.decrementAndGet();
      characters.addAndGet(-answer.length());
      return answer;
    }
    Parting last = parting;
    if (last != null) {
      parted = true;
      return last.last();
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
        if (subscription.mayHaveMore()) {
          line.join(subscription);
        }
        return frame;
      }
      subscription = line.next();
    }
    return null;
  }

  private void send(MessageWriter message) {
    underWayNanos = setting.nanos();
    underWay = true;
    CompletionStage<Void> stage;
    try {
      stage = connection.send(message.text());
    } catch (Throwable t) { // a transport of somebody else
      Probe.report("Hub '%s'".formatted(setting.name()), "A connection threw; it is closed.", t);
      session.end(CloseCode.INTERNAL, "The connection failed.");
      return;
    }
    setting.counters().framesSent.add(message.frames());
    stage.whenComplete((nothing, problem) -> sent(problem));
  }

  private void sent(@Nullable Throwable problem) {
    if (problem != null) {
      session.end(CloseCode.INTERNAL, "The connection failed.");
      return;
    }
    underWay = false;
    if (hasMore()) { // looked at after underWay is off, which whoever adds something finds
      turn.ask();
    }
  }

  private boolean hasMore() {
    return !answers.isEmpty()
        || !line.isEmpty()
        || ping != null
        || pong != null
        || parting != null
        || holds;
  }
}
