package io.stateward.sync.client;

import io.stateward.codec.JsonLimits;
import io.stateward.flow.Backoff;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Messages;
import io.stateward.sync.protocol.ProtocolException;
import io.stateward.sync.spi.Connection;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client to its hub: made, watched, and made again.
 *
 * <p>Thread safety: confined to the turn of the client.
 */
final class Uplink implements Link.Owner, Speech.Listener {

  private static final Duration STABLE = Duration.ofSeconds(10);
  private static final Duration NOT_YET = Duration.ofSeconds(1);
  private static final long LONGEST_RETRY_AFTER = Duration.ofMinutes(10).toMillis();
  private static final String RETRY_AFTER = "retry-after=";
  private static final Duration AFTER_REPLACED = Duration.ofSeconds(1);
  private static final long REPLACED_AGAIN = Duration.ofSeconds(30).toNanos();

  /** What it needs of its client. */
  interface Surroundings {
    void inTurn(Runnable task);

    String clientId();

    /** The secret that shows that the id is its own; for the hub alone. */
    String key();

    /** A connection is there: every document is to be subscribed to. */
    void connected();

    /** It is gone. */
    void disconnected();

    /** A frame about a document. */
    void received(String document, Frame.OfHub frame);

    /** Every now and then while connected. */
    void tick();

    /** Whether every document has been as it should be for so long. */
    boolean settledDown(Duration during);

    /** Nothing has happened to the connection for a while. */
    void calm();
  }

  private final SyncClientBuilder settings;
  private final Surroundings client;
  private final Backoff backoff;
  private final Store<ConnectionStatus> status = Store.of(new ConnectionStatus.Connecting());
  private final Speech speech;
  private @Nullable Link current;
  private int attempts;
  private boolean replaced; // at replacedAt, which counts for a while
  private long replacedAt;
  private int waits; // tells the timer of this wait from those of earlier ones
  private volatile boolean ended; // written in the turn

  Uplink(SyncClientBuilder settings, Surroundings client, Backoff backoff) {
    this.settings = settings;
    this.client = client;
    this.backoff = backoff;
    this.speech = new Speech(settings, client.clientId(), client.key(), this);
  }

  Signal<ConnectionStatus> status() {
    return status;
  }

  boolean connected() {
    return current != null && current.welcomed;
  }

  // Coming and going.

  void connect() {
    if (ended || current != null) {
      return;
    }
    waits++;
    Link link = new Link(this);
    current = link;
    status.set(new ConnectionStatus.Connecting());
    later(settings.connectTimeout, () -> giveUp(link));
    try {
      settings
          .transport
          .connect(link)
          .whenComplete((connection, failure) -> inTurn(() -> opened(link, connection, failure)));
    } catch (RuntimeException e) { // foreign code
      Probe.report(settings.name, "Its transport threw instead of failing; it tries again.", e);
      lost(link, CloseCode.ABNORMAL.code(), "The transport threw.");
    }
  }

  private void giveUp(Link link) {
    if (link == current && !link.welcomed) {
      drop(link, CloseCode.NORMAL, "The hub did not answer in time.");
    }
  }

  private void opened(Link link, @Nullable Connection connection, @Nullable Throwable failure) {
    if (connection == null) {
      String why = failure == null ? "there is none" : String.valueOf(failure.getMessage());
      lost(link, CloseCode.ABNORMAL.code(), why);
      return;
    }
    link.connection = connection;
    if (link != current) {
      close(link, CloseCode.NORMAL, "It came too late.");
      return;
    }
    link.heard = settings.timekeeper.nanoTime();
    speech.goOn(link);
  }

  @Override
  public void drop(Link link, CloseCode code, String reason) {
    close(link, code, reason);
    lost(link, CloseCode.ABNORMAL.code(), reason);
  }

  private void close(Link link, CloseCode code, String reason) {
    Connection connection = link.connection;
    if (connection == null) {
      return;
    }
    try {
      connection.close(code.code(), reason);
    } catch (RuntimeException e) { // foreign code
      Probe.report(settings.name, "Its connection could not be closed.", e);
    }
  }

  @Override
  public void lost(Link link, int code, String reason) {
    if (link != current) {
      return;
    }
    leave();
    if (CloseCode.comeBack(code)) {
      retry(retryAfter(code, reason));
    } else if (code == CloseCode.REPLACED.code() && !isReplacedAgain()) {
      retry(AFTER_REPLACED);
    } else {
      status.set(new ConnectionStatus.Refused(code, reason));
    }
  }

  /** Once it may be the hello of an own connection before that was late; twice it is another. */
  private boolean isReplacedAgain() {
    long now = settings.timekeeper.nanoTime();
    boolean again = replaced && now - replacedAt < REPLACED_AGAIN;
    replaced = true;
    replacedAt = now;
    return again;
  }

  private void leave() {
    current = null;
    speech.clear();
    client.disconnected();
  }

  private void retry(Duration atLeast) {
    attempts++;
    Duration wait = atLeast.plus(backoff.delay(attempts));
    int number = ++waits;
    status.set(new ConnectionStatus.Reconnecting(attempts, wait));
    later(
        wait,
        () -> {
          if (waits == number) {
            connect();
          }
        });
  }

  private static Duration retryAfter(int code, String reason) {
    boolean told = code == CloseCode.RESTART.code() || code == CloseCode.BUSY.code();
    if (!told || !reason.startsWith(RETRY_AFTER)) {
      return Duration.ZERO;
    }
    int end = RETRY_AFTER.length();
    while (end < reason.length() && end < 32 && Character.isDigit(reason.charAt(end))) {
      end++;
    }
    String digits = reason.substring(RETRY_AFTER.length(), end);
    long millis = digits.isEmpty() || digits.length() > 9 ? 0 : Long.parseLong(digits);
    return Duration.ofMillis(Math.min(millis, LONGEST_RETRY_AFTER));
  }

  /** Connects now, whatever was before. */
  void reconnect() {
    attempts = 0;
    replaced = false;
    connect();
  }

  /** Goes offline on purpose. */
  void disconnect() {
    if (ended) {
      return;
    }
    waits++;
    Link link = current;
    if (link != null) {
      close(link, CloseCode.NORMAL, "The client goes offline.");
      leave();
    }
    status.set(new ConnectionStatus.Offline(0));
  }

  void end() {
    disconnect();
    ended = true;
    status.set(new ConnectionStatus.Closed());
  }

  // What comes.

  @Override
  public void inTurn(Runnable task) {
    client.inTurn(task);
  }

  @Override
  public void received(Link link, String text) {
    if (link != current) {
      return;
    }
    link.heard = settings.timekeeper.nanoTime();
    try {
      Iterator<Frame.OfHub> frames = Messages.ofHub(text, JsonLimits.standard());
      while (frames.hasNext() && link == current) { // one of them may end it
        on(link, frames.next());
      }
      speech.goOn(link);
    } catch (ProtocolException e) {
      Probe.report(
          settings.name, "The hub sent what is no frame of it; the connection is ended.", e);
      drop(link, CloseCode.INTERNAL, "A frame could not be read.");
    }
  }

  private void on(Link link, Frame.OfHub frame) {
    if (frame instanceof Frame.Ping is) {
      link.pongDue = is.number();
    } else if (frame instanceof Frame.Pong is) {
      link.credit.answered(is.number());
    } else if (frame instanceof Frame.Welcome is) {
      welcomed(link, is);
    } else if (!link.welcomed && !(frame instanceof Frame.Failure)) {
      throw new ProtocolException("malformed", "A hub welcomes before anything else.");
    } else {
      String document = Addressee.of(frame);
      if (document == null) {
        Probe.report(settings.name, "The hub says: %s".formatted(frame), null);
      } else {
        client.received(document, frame);
      }
    }
  }

  private void welcomed(Link link, Frame.Welcome welcome) {
    if (link.welcomed) {
      throw new ProtocolException("malformed", "A hub welcomes once.");
    }
    if (welcome.version() != Frame.VERSION) {
      close(link, CloseCode.VERSION, "The client speaks version %d.".formatted(Frame.VERSION));
      lost(link, CloseCode.VERSION.code(), "The hub chose version " + welcome.version());
      return;
    }
    link.welcomed = true;
    link.largestFrame = welcome.largestFrame();
    link.credit = Credit.of(welcome.waitingFrames(), welcome.waitingCharacters());
    long millis = Math.max(100, Math.min(welcome.heartbeatMillis(), 3_600_000));
    link.heartbeatNanos = Duration.ofMillis(millis).toNanos();
    status.set(new ConnectionStatus.Connected(welcome.session()));
    client.connected();
    beat(link, true);
    later(STABLE, () -> stable(link));
  }

  private void stable(Link link) {
    if (link != current) {
      return;
    }
    boolean settled = client.settledDown(STABLE);
    if (settled) {
      attempts = 0;
      client.calm();
    }
    later(settled ? STABLE : NOT_YET, () -> stable(link));
  }

  /** Twice per heartbeat, so that 2.5 of them are noticed in time. */
  private void beat(Link link, boolean ping) {
    if (link != current) {
      return;
    }
    long silence = settings.timekeeper.nanoTime() - link.heard;
    if (2 * silence >= 5 * link.heartbeatNanos) {
      Probe.report(
          settings.name,
          "Nothing was heard of the hub for %s; the connection is given up."
              .formatted(Duration.ofNanos(silence)),
          null);
      drop(link, CloseCode.SILENT, "Nothing was heard of the hub.");
      return;
    }
    link.pingDue |= ping;
    client.tick();
    speech.goOn(link);
    later(Duration.ofNanos(link.heartbeatNanos / 2), () -> beat(link, !ping));
  }

  private void later(Duration delay, Runnable task) {
    settings.timekeeper.schedule(
        delay,
        () -> {
          if (!ended) { // the executor may be gone by then
            inTurn(task);
          }
        });
  }

  // What goes.

  /** A document may have something to say. */
  void wake(Replicated document) {
    Link link = current;
    if (link != null && link.welcomed) {
      speech.wake(link, document);
    }
  }

  /** Says that a document is followed no more. */
  void forget(Replicated document) {
    Link link = current;
    if (link != null && link.welcomed) {
      speech.forget(link, document);
    }
  }

  @Override
  public boolean isCurrent(Link link) {
    return link == current;
  }
}
