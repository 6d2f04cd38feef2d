package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is told of one document, and how far it has been told.
 *
 * <p>Thread safety: the document's turn opens it, puts answers in and ends it; the turn of the
 * connection's {@link Sender} takes the next frame; each sees what the other did before it called
 * {@link #ready}.
 */
final class Subscription extends Line.Place {

  /*
   * What is sent next
   * -----------------
   * Nothing that happens in a document is queued here: the sender asks for the event after the last
   * one it sent. Only what concerns this client alone waits, and is bounded: refusals and repeated
   * answers, each with the sequence after which it has its place, so that a client hears of its
   * mutations in the order of their ids; and word that a mutation is applied, which is left out
   * when it is late.
   */

  static final int MOST_APPLIED = 64;

  /** An answer to a mutation, and the sequence that has to be sent before it. */
  private record Answer(long after, Frame.OfHub frame) {}

  final Session session;
  final String document;
  final boolean mayCreate;
  final AtomicBoolean overflowed = new AtomicBoolean(); // of what follows nothing is taken
  @Nullable Member member; // for the document's turn, from when it is open
  int denials; // as member: changes in a row that it may not make
  final HistoryAsks asks = new HistoryAsks(); // for the session's turn
  private final AtomicReference<@Nullable Tree> shared = new AtomicReference<>(); // that waits
  private final HubSetting setting;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answersWaiting = new AtomicInteger();
  private final Queue<Frame.Acknowledged> applied = new ConcurrentLinkedQueue<>();
  private final AtomicInteger appliedWaiting = new AtomicInteger();
  private final Deque<Event> fetched = new ArrayDeque<>(); // for the sender
  private volatile @Nullable OpenDocument source; // written once, last of what opens it
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long sent; // written by the sender once it is open
  private @Nullable Frame opening; // for whoever opens it, then for the sender
  private long firstLag; // as opening
  private long presenceSince; // as opening
  private long presenceSeen; // for the sender

  Subscription(HubSetting setting, Session session, String document, boolean mayCreate) {
    this.setting = setting;
    this.session = session;
    this.document = document;
    this.mayCreate = mayCreate;
  }

  String client() {
    return session.client();
  }

  long sent() {
    return sent;
  }

  boolean isOpen() {
    return source != null && !ended.get();
  }

  boolean isEnded() {
    return ended.get();
  }

  int waiting() {
    return answersWaiting.get();
  }

  int appliedWaiting() {
    return appliedWaiting.get();
  }

  /** How many events it is behind. */
  long lag() {
    OpenDocument from = source;
    return from == null || ended.get() ? 0 : Math.max(0, from.published() - sent);
  }

  /** Begins it, in the turn of the document. */
  void open(OpenDocument from, long position, Frame first) {
    opening = first;
    sent = position;
    firstLag = from.published() - position;
    presenceSince = from.presence().last();
    source = from;
    ready();
  }

  /** Ends it without a word; answers whether it had not ended before. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }

  /** Tells the client that it has ended, or will not begin. */
  void lapse(String code, String reason, long retryMillis) {
    if (end()) {
      session.sender().answer(lapsed(code, reason, retryMillis));
    }
  }

  private Frame lapsed(String code, String reason, long retryMillis) {
    Counters.count(setting.counters().lapsed, code);
    setting.tell(new HubEvent.SubscriptionLapsed(document, client(), code));
    return new Frame.Lapsed(document, code, reason, retryMillis);
  }

  /** Answers a mutation, after everything up to a sequence was sent. */
  void answer(long after, Frame.OfHub frame) {
    if (ended.get()) {
      return;
    }
    answers.add(new Answer(after, frame));
    if (answersWaiting.incrementAndGet() > setting.limits().eachConnection().answers()) {
      session.sender().overflow();
    }
    ready();
  }

  /** Notes what is shared, to be taken once; answers whether nothing waited to be. */
  boolean share(Tree state) {
    return shared.getAndSet(state) == null;
  }

  /** Takes the last that is shared, or null if it was taken. */
  @Nullable Tree takeShared() {
    return shared.getAndSet(null);
  }

  /** Notes that a mutation has its place, to be told unless it is durable before that. */
  void applied(long id, long sequence) {
    applied.add(new Frame.Acknowledged(document, id, sequence, Level.APPLIED, null));
    if (appliedWaiting.incrementAndGet() > MOST_APPLIED && applied.poll() != null) {
      appliedWaiting.decrementAndGet();
    }
  }

  /** Has the sender look at what there is. */
  void ready() {
    session.sender().ready(this);
  }

  /** Returns the next frame, or null if there is none now. Called by the sender; may block. */
  @Nullable String next() {
    OpenDocument from = source;
    if (from == null || ended.get()) {
      return null;
    }
    Frame first = opening;
    if (first != null) {
      opening = null;
      return Frames.encode(first);
    }
    Answer answer = answers.peek();
    if (answer != null && answer.after() <= sent) {
      answers.remove();
      answersWaiting.decrementAndGet();
      return Frames.encode(answer.frame());
    }
    String acknowledged = applied(from);
    if (acknowledged != null) {
      return acknowledged;
    }
    return sent < from.published() ? event(from) : presence(from);
  }

  /** Tells whether there may be another frame now; of what comes later the sender is told. */
  boolean mayHaveMore() {
    OpenDocument from = source;
    return from != null
        && !ended.get()
        && (sent < from.published()
            || presenceSeen < from.presence().last()
            || !answers.isEmpty()
            || !applied.isEmpty());
  }

  private @Nullable String applied(OpenDocument from) {
    Frame.Acknowledged next = applied.poll();
    while (next != null) {
      appliedWaiting.decrementAndGet();
      if (next.sequence() > from.published()) {
        return Frames.encode(next);
      }
      next = applied.poll();
    }
    return null;
  }

  private @Nullable String event(OpenDocument from) {
    long behind = from.published() - sent;
    if (behind > firstLag + setting.limits().eachConnection().lag()) {
      return lapseHere("lagging", "The connection is %d changes behind.".formatted(behind), 0);
    }
    Event event;
    try {
      event = find(from, sent + 1);
    } catch (Throwable t) { // the journal, which may have been closed meanwhile
      if (ended.get()) {
        return null;
      }
      Probe.report(
          setting.where(document), "An older change cannot be read; a subscriber has to wait.", t);
      return lapseHere("unavailable", "The history cannot be read now.", setting.retryMillis());
    }
    if (event == null) {
      return lapseHere("lagging", "The changes after %d are gone.".formatted(sent), 0);
    }
    firstLag = Math.min(firstLag, behind);
    sent = event.sequence();
    boolean own = event.mutation.client().equals(client());
    return own ? Frames.encode(event.acknowledgement()) : event.update();
  }

  private @Nullable Event find(OpenDocument from, long sequence) {
    Event event = from.recent().at(sequence);
    if (event != null) {
      fetched.clear();
      return event;
    }
    while (!fetched.isEmpty() && fetched.element().sequence() < sequence) {
      fetched.remove();
    }
    if (fetched.isEmpty() && sequence > from.floor()) {
      fetched.addAll(from.older(sequence));
    }
    return fetched.poll();
  }

  private @Nullable String lapseHere(String code, String reason, long retryMillis) {
    if (!end()) {
      return null;
    }
    session.left(this);
    return Frames.encode(lapsed(code, reason, retryMillis));
  }

  private @Nullable String presence(OpenDocument from) {
    PresenceBoard board = from.presence();
    long last = board.last();
    PresenceBoard.Word word = board.next(presenceSeen, client(), presenceSince);
    if (board.hasPurgedAfter(Math.max(presenceSeen, presenceSince))) {
      return lapseHere("lagging", "Too many have come and gone meanwhile.", 0);
    }
    presenceSeen = word == null ? Math.max(presenceSeen, last) : word.number();
    return word == null
        ? null
        : Frames.encode(new Frame.Presence(document, word.client(), word.state()));
  }
}
