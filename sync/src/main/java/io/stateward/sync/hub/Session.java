package io.stateward.sync.hub;

import io.stateward.codec.JsonLimits;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Messages;
import io.stateward.sync.protocol.ProtocolException;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection: it takes in frames in their order, and passes on what concerns a document.
 *
 * <p>Thread safety: frames and errands are done in its turn; {@link #end} is safe for any thread.
 */
final class Session implements ConnectionListener {

  private final HubSetting setting;
  private final Sessions sessions;
  private final Connection connection;
  private final Peer peer;
  private final String network;
  private final String id;
  private final Rights rights;
  private final Desk desk;
  private final Pulse pulse;
  private final JsonLimits json;
  private final Sender sender;
  private final Turn turn;
  private final Inbox inbox;
  private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable HubEvent> last = new AtomicReference<>(); // of it
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private @Nullable Iterator<Frame.OfClient> rest; // of a message, for the turn
  private volatile boolean refusing; // what still comes is not listened to
  private volatile @Nullable String client; // written once, in the turn
  private volatile @Nullable String principal; // written once, before client
  private volatile @Nullable String owner; // as principal

  Session(
      HubSetting setting,
      Sessions sessions,
      Documents documents,
      Connection connection,
      Peer peer) {
    this.setting = setting;
    this.sessions = sessions;
    this.connection = connection;
    this.peer = peer;
    this.network = Network.of(peer.address());
    this.id = setting.names().get();
    this.rights = new Rights(setting);
    this.desk = new Desk(setting, this, documents, rights);
    this.pulse = new Pulse(setting, this);
    this.json =
        JsonLimits.standard()
            .withSize(setting.limits().eachConnection().frameBytes())
            .withDepth(setting.limits().eachConnection().depth());
    this.sender = new Sender(setting, this, connection);
    this.turn =
        new Turn(
            "Hub '%s', connection %s".formatted(setting.name(), id),
            setting.executor(),
            this::round,
            this::unheard);
    this.inbox = new Inbox(setting, turn::ask);
  }

  String id() {
    return id;
  }

  /** Where it comes from, as {@link Network} tells networks apart; empty if that is not known. */
  String network() {
    return network;
  }

  Inbox inbox() {
    return inbox;
  }

  Sender sender() {
    return sender;
  }

  /** The id of the client; it has said so before anything is done for it. */
  String client() {
    String known = client;
    return known == null ? "" : known;
  }

  String principal() {
    String known = principal;
    return known == null ? "" : known;
  }

  /** Whose client it is, as {@link Owner} says; not to be shown. */
  String owner() {
    String known = owner;
    return known == null ? "" : known;
  }

  Iterable<Subscription> subscriptions() {
    return desk.subscriptions();
  }

  boolean isEnded() {
    return ended.get();
  }

  /** Begins to wait for the first frame. */
  void begin() {
    pulse.begin();
  }

  @Override
  public void onFrame(String frame) {
    pulse.heard();
    if (ended.get() || refusing) {
      return;
    }
    if (isTooLarge(frame)) {
      end(
          CloseCode.TOO_LARGE,
          "A message has at most %d bytes."
              .formatted(setting.limits().eachConnection().frameBytes()));
    } else if (!inbox.add(frame)) {
      end(CloseCode.FLOOD, "More is sent than may wait to be taken in.");
    } else {
      turn.ask();
    }
  }

  private boolean isTooLarge(String frame) {
    int most = setting.limits().eachConnection().frameBytes();
    return frame.length() > most || (frame.length() > most / 3 && Utf8.length(frame) > most);
  }

  @Override
  public void onClosed(int code, String reason) {
    over(code, reason);
  }

  /** Ends the connection. */
  void end(CloseCode code, String reason) {
    if (ended.get()) {
      return;
    }
    over(code.code(), reason);
    try {
      connection.close(code.code(), reason);
    } catch (Throwable t) { // a transport of somebody else
      Probe.report("Hub '%s'".formatted(setting.name()), "A connection did not close.", t);
    }
  }

  private void unheard() {
    end(CloseCode.BUSY, "The server cannot listen.");
    gone.complete(null);
  }

  private void over(int code, String reason) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    pulse.stop();
    sender.end();
    Counters.count(setting.counters().closed, code);
    sessions.remove(this);
    turn.ask(); // what it had is given up in its turn
    HubEvent closed = new HubEvent.SessionClosed(id, code, reason);
    if (last.getAndSet(closed) != null) {
      setting.tell(closed);
    }
  }

  /** Tells that it is open, and then that it has ended, if it did so before that was told. */
  private void tellOpened(HubEvent opened) {
    setting.tell(opened);
    if (!last.compareAndSet(null, opened)) {
      setting.tell(Objects.requireNonNull(last.get()));
    }
  }

  /** Has something done in the turn of this connection. */
  void put(Runnable errand) {
    errands.add(errand);
    turn.ask();
  }

  private void round() {
    inbox.wake();
    Runnable errand = errands.poll();
    while (errand != null) {
      errand.run();
      errand = errands.poll();
    }
    if (ended.get()) {
      giveUp();
      return;
    }
    if (rest != null) {
      turn.ask();
      take(rest);
      return;
    }
    String message = inbox.next();
    if (message != null) {
      turn.ask();
      read(message);
    }
  }

  private void giveUp() {
    rest = null;
    inbox.clear();
    desk.clear();
    gone.complete(null);
  }

  /** Completes when it has ended and given up all that it had. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  /** A subscription was ended by the sender; its document does not know yet. */
  void left(Subscription subscription) {
    desk.leave(subscription);
  }

  /** A question was answered, so the one that waits is next. Called in the turn. */
  void historyAnswered(Subscription subscription) {
    desk.historyAnswered(subscription);
  }

  /** Ends the subscriptions that are no longer allowed; of one document, or of all if null. */
  void recheck(@Nullable String document) {
    put(() -> desk.recheck(document));
  }

  private void read(String message) {
    if (isDeaf()) {
      return;
    }
    try {
      take(Messages.ofClient(message, json));
    } catch (ProtocolException e) {
      refuse(e.code(), String.valueOf(e.getMessage()), CloseCode.MALFORMED);
    } catch (StackOverflowError e) {
      refuse("malformed", "The message cannot be read.", CloseCode.MALFORMED);
    }
  }

  private boolean isDeaf() {
    return refusing || sessions.isClosing();
  }

  /** Takes in the next frame of a message; those after it have their own rounds. */
  private void take(Iterator<Frame.OfClient> frames) {
    rest = null;
    if (isDeaf()) {
      return;
    }
    try {
      take(frames.next());
      rest = frames.hasNext() ? frames : null;
    } catch (ProtocolException e) {
      refuse(e.code(), String.valueOf(e.getMessage()), CloseCode.MALFORMED);
    } catch (StackOverflowError | IllegalArgumentException e) {
      refuse("malformed", "The frame cannot be read.", CloseCode.MALFORMED);
    }
  }

  private void take(Frame.OfClient frame) {
    if (frame instanceof Frame.Hello hello) {
      hello(hello);
    } else if (client == null) {
      throw new ProtocolException("order", "The first frame is a hello.");
    } else if (frame instanceof Frame.Ping ping) {
      sender.pong(ping.number());
    } else {
      desk.take(frame);
    }
  }

  /** Answers with an error and closes: what this client sends cannot be trusted any more. */
  private void refuse(String code, String reason, CloseCode close) {
    refusing = true;
    sender.part(new Frame.Failure(null, code, reason), close, reason);
    pulse.endSoon(close, reason);
  }

  // The first frame

  private void hello(Frame.Hello hello) {
    if (pulse.greeted()) {
      throw new ProtocolException("order", "A client says hello once.");
    }
    if (!hello.versions().contains(Frame.VERSION)) {
      refuse(
          "version",
          "This hub speaks version %d, not %s.".formatted(Frame.VERSION, hello.versions()),
          CloseCode.VERSION);
      return;
    }
    Names.check("client", hello.client(), Names.LONGEST_CLIENT);
    Names.checkKey(hello.key());
    Admission admission = rights.admission(peer, hello.credentials());
    if (admission instanceof Admission.Admitted admitted) {
      welcome(hello.client(), admitted.principal(), Owner.of(admitted.principal(), hello.key()));
    } else {
      Admission.Denied denied = (Admission.Denied) admission;
      refuse("denied", denied.reason(), denied.code());
    }
  }

  private void welcome(String name, String who, String whose) {
    owner = whose;
    principal = who;
    client = name;
    if (!sessions.claim(this)) {
      // Not for good: else whoever takes the id first would shut its owner out.
      refuse(
          "taken",
          setting.comeAgain("This client id is connected as somebody else."),
          CloseCode.BUSY);
      return;
    }
    if (!sessions.enterAsPrincipal(this)) {
      refuse("busy", setting.comeAgain("There are too many connections of yours."), CloseCode.BUSY);
      return;
    }
    ConnectionLimits limits = setting.limits().eachConnection();
    sender.answer(
        new Frame.Welcome(
            Frame.VERSION,
            id,
            setting.times().heartbeat().toMillis(),
            limits.frameBytes(),
            limits.waitingFrames(),
            limits.waitingCharacters()));
    tellOpened(new HubEvent.SessionOpened(id, name, who));
    pulse.beat();
  }
}
