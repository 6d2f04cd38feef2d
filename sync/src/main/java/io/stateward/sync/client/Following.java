package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one document with the hub: what to say next, and what follows from what the
 * hub says.
 *
 * <p>Thread safety: called in the turn of the client, under the lock of the document.
 */
final class Following {

  private static final int MOST_HELD = 10_000;
  private static final int MOST_PRESENT = 10_000;

  /** How long the hub may leave something unanswered, in nanoseconds. */
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  private enum Stage {
    /** There is no connection. */
    AWAY,
    /** It is to be subscribed to. */
    WANTED,
    /** It was subscribed to, and there is no answer yet. */
    ASKED,
    /** It follows the hub. */
    LIVE,
    /** It is to be subscribed to after a while. */
    WAITING,
    /** The hub does not give it. */
    REFUSED
  }

  /** What it needs of the client. */
  interface Surroundings {
    long nanoTime();

    /** Calls {@link Following#wanted} after a while. */
    void askAgain(int retry, Duration atLeast, int wait);
  }

  private final String name;
  private final DocumentContext context;
  private final String type;
  private final DocumentState state;
  private final Surroundings surroundings;
  private Stage stage = Stage.AWAY;
  private boolean fromNothing;
  private int tries;
  private int waits;
  private long heard;
  private final Deque<Frame.OfHub> held = new ArrayDeque<>(); // while history is lacking
  private long lacking = -1;
  private boolean historyAsked;
  private long given; // the update for which history was given last
  private long givenAfter;
  private @Nullable Tree shared;
  private boolean sharedAnew;
  private final Map<String, Tree> present = new TreeMap<>();
  private boolean presentMoved;
  private Frame.@Nullable Lapsed refusal;

  Following(
      String name,
      DocumentContext context,
      String type,
      DocumentState state,
      Surroundings surroundings) {
    this.name = name;
    this.context = context;
    this.type = type;
    this.state = state;
    this.surroundings = surroundings;
  }

  boolean live() {
    return stage == Stage.LIVE;
  }

  /** Whether it is where it wants to be, or nothing can be done about it. */
  boolean settledDown() {
    return stage == Stage.LIVE || stage == Stage.REFUSED;
  }

  Frame.@Nullable Lapsed refusal() {
    return stage == Stage.REFUSED ? refusal : null;
  }

  // What comes from the client.

  void connected() {
    tries = 0;
    stop();
    stage = Stage.WANTED;
  }

  /** It was opened while there is a connection. */
  void opened() {
    if (stage == Stage.AWAY) {
      stage = Stage.WANTED;
    }
  }

  void disconnected() {
    stop();
    stage = Stage.AWAY;
  }

  /** All was well for a while. */
  void calm() {
    tries = 0;
  }

  void wanted(int wait) {
    if (stage == Stage.WAITING && waits == wait) {
      stage = Stage.WANTED;
    }
  }

  /** Asks again for what was refused. */
  void insist() {
    if (stage == Stage.REFUSED) {
      stage = Stage.WANTED;
    }
  }

  void share(Tree what) {
    shared = what;
    sharedAnew = true;
  }

  /** Begins anew if the hub has left something unanswered for too long. */
  void tick() {
    boolean waiting =
        stage == Stage.ASKED || (stage == Stage.LIVE && (historyAsked || state.pending().awaits()));
    if (waiting && surroundings.nanoTime() - heard > PATIENCE) {
      report("The hub has not answered for 30 s; it is asked again.", null);
      again(false);
    }
  }

  /** Returns who is present now, if that has moved since it was asked last. */
  @Nullable Map<String, Tree> presence() {
    if (!presentMoved) {
      return null;
    }
    presentMoved = false;
    return Map.copyOf(present);
  }

  /** Returns what to say next, if anything. */
  Frame.@Nullable OfClient next(int window) {
    if (stage == Stage.WANTED) {
      stage = Stage.ASKED;
      heard = surroundings.nanoTime();
      return new Frame.Subscribe(context.document(), type, fromNothing ? null : state.position());
    }
    Position at = state.position();
    if (stage != Stage.LIVE || at == null) {
      return null;
    }
    if (lacking >= 0 && !historyAsked) {
      historyAsked = true;
      heard = surroundings.nanoTime();
      return new Frame.AskHistory(context.document(), lacking, at.sequence());
    }
    Tree told = shared;
    if (sharedAnew && told != null) {
      sharedAnew = false;
      return new Frame.Share(context.document(), told);
    }
    return mutation(window, at);
  }

  private Frame.@Nullable OfClient mutation(int window, Position at) {
    boolean first = !historyAsked && !state.pending().awaits();
    Pending next = state.pending().send(window);
    if (next == null) {
      return null;
    }
    if (first) {
      heard = surroundings.nanoTime();
    }
    return new Frame.Mutate(
        context.document(), at.epoch(), next.id, next.base, next.after, next.change);
  }

  // What comes from the hub.

  /** Takes a frame; whatever goes wrong with it, the document begins anew. */
  void on(Frame.OfHub frame) {
    heard = surroundings.nanoTime();
    try {
      if (stage == Stage.ASKED) {
        whenAsked(frame);
      } else if (stage == Stage.LIVE) {
        whenLive(frame);
      }
    } catch (RuntimeException e) { // of the replica, most likely
      report("It could not take in what the hub said; it begins anew with the hub's state.", e);
      again(true);
    }
  }

  private void whenAsked(Frame.OfHub frame) {
    if (frame instanceof Frame.Snapshot is) {
      state.reset(is.at(), is.last(), is.refused(), is.state());
      begin();
    } else if (frame instanceof Frame.Resumed is) {
      Position at = state.position();
      if (fromNothing || at == null || is.at().sequence() != at.sequence()) {
        report("The hub resumed what was not asked for, at %s.".formatted(is.at()), null);
        again(true);
        return;
      }
      state.resume(is.at(), is.last(), is.refused());
      begin();
    } else if (isOfBefore(frame)) {
      return;
    } else if (frame instanceof Frame.Failure is) {
      report("The hub does not give it: %s (%s)".formatted(is.reason(), is.code()), null);
      again(false);
    } else {
      whenever(frame);
    }
  }

  /** Whether it answers changes that were on their way when the subscription before ended. */
  private static boolean isOfBefore(Frame.OfHub frame) {
    return frame instanceof Frame.Failure is && is.code().equals("order");
  }

  private void begin() {
    fromNothing = false;
    stage = Stage.LIVE;
    sharedAnew = shared != null;
  }

  private void whenLive(Frame.OfHub frame) {
    boolean ordered =
        frame instanceof Frame.Update
            || frame instanceof Frame.Rejected
            || (frame instanceof Frame.Acknowledged ack && ack.level() == Level.DURABLE);
    if (ordered && lacking >= 0) {
      hold(frame);
    } else if (frame instanceof Frame.Update is) {
      onUpdate(is);
    } else if (frame instanceof Frame.Acknowledged is) {
      onAcknowledged(is);
    } else if (frame instanceof Frame.Rejected is) {
      onRejected(is);
    } else if (frame instanceof Frame.History is) {
      onHistory(is);
    } else if (isOfBefore(frame)) {
      return;
    } else if (frame instanceof Frame.Failure is) {
      report("The hub says: %s (%s)".formatted(is.reason(), is.code()), null);
    } else {
      whenever(frame);
    }
  }

  private void whenever(Frame.OfHub frame) {
    if (frame instanceof Frame.Lapsed is) {
      onLapsed(is);
    } else if (frame instanceof Frame.Presence is) {
      onPresence(is);
    }
  }

  private void hold(Frame.OfHub frame) {
    if (held.size() == MOST_HELD) {
      report("Too much waits for its history; it is asked for anew.", null);
      again(true);
    } else {
      held.add(frame);
    }
  }

  private void onUpdate(Frame.Update update) {
    long known = known();
    if (update.sequence() <= known) {
      return; // it was here before
    }
    if (update.sequence() > known + 1) {
      report(
          "An update is missing: %d follows %d. It is asked for again."
              .formatted(update.sequence(), known),
          null);
      again(false);
      return;
    }
    Long after = state.take(mutation(update));
    if (after != null) {
      lack(after, update);
      return;
    }
    tries = 0;
    confirmFollowing();
  }

  private void lack(long after, Frame.Update update) {
    boolean had = update.sequence() == given && after >= givenAfter;
    if (had || after < 0 || after > known()) {
      report(
          "It lacks the history after %d for update %d, which %s; it begins anew."
              .formatted(after, update.sequence(), had ? "it was given" : "it cannot be lacking"),
          null);
      again(true);
      return;
    }
    lacking = after;
    historyAsked = false;
    held.addFirst(update);
  }

  /** What has its place by an answer to a repetition, and whose turn it is now. */
  private void confirmFollowing() {
    for (Pending first = state.pending().first();
        first != null && first.place == known() + 1;
        first = state.pending().first()) {
      state.confirm(first.place, first.placed);
    }
  }

  private void onAcknowledged(Frame.Acknowledged ack) {
    Pending sent = state.pending().sent(ack.id());
    boolean repeated = sent != null && sent.repeat;
    if (sent != null) {
      state.pending().applied(sent);
    }
    if (ack.level() == Level.APPLIED
        || state.resolve(ack.id(), ack.sequence(), null)
        || ack.sequence() <= known()) {
      return;
    }
    boolean next = ack.sequence() == known() + 1;
    if (!next && sent != null && repeated) {
      sent.place = ack.sequence(); // the updates before it are on their way, or show the gap
      sent.placed = ack.change();
    } else if (next && sent != null && sent == state.pending().first()) {
      state.confirm(ack.sequence(), ack.change());
      tries = 0;
      confirmFollowing();
    } else {
      report(
          "The hub confirms change %d at %d, which does not follow %d."
              .formatted(ack.id(), ack.sequence(), known()),
          null);
      again(next);
    }
  }

  private void onRejected(Frame.Rejected rejected) {
    Verdict.Refused why =
        new Verdict.Refused(rejected.code(), rejected.reason(), rejected.current());
    if (state.resolve(rejected.id(), 0, why)) {
      return;
    }
    if (rejected.code().equals("superseded")) {
      if (lacksAnswerBefore(rejected.id())) {
        report(
            "Change %d was refused for one before it, of which the hub said nothing."
                .formatted(rejected.id()),
            null);
        again(false);
        return;
      }
      state.supersede(rejected.id());
    } else {
      state.refuse(rejected.id(), why, false);
    }
  }

  /** Answers come in the order of the changes: one is missing if an older one has none yet. */
  private boolean lacksAnswerBefore(long id) {
    Pending first = state.pending().first();
    return first != null && first.id < id && !first.applied && state.pending().sent(id) != null;
  }

  private void onHistory(Frame.History history) {
    List<Frame.Update> events = history.events();
    if (!historyAsked || history.after() > lacking) {
      return;
    }
    if (events == null) {
      again(true); // the hub holds it no more
      return;
    }
    if (history.after() + events.size() < known()) {
      return; // the answer to an earlier question, once more
    }
    state.history(history.after(), events.stream().map(Following::mutation).toList());
    givenAfter = lacking;
    given = held.element() instanceof Frame.Update first ? first.sequence() : 0;
    List<Frame.OfHub> waiting = List.copyOf(held);
    held.clear();
    lacking = -1;
    historyAsked = false;
    for (Frame.OfHub frame : waiting) {
      if (stage == Stage.LIVE) {
        whenLive(frame);
      }
    }
  }

  private void onLapsed(Frame.Lapsed lapsed) {
    stop();
    if (lapsed.code().equals("forgotten")) {
      state.forgotten();
      again(true);
      return;
    }
    if (lapsed.retryMillis() < 0) {
      stage = Stage.REFUSED;
      refusal = lapsed;
      return;
    }
    // With nothing pending, the state is cheaper than all that was missed.
    fromNothing |= lapsed.code().equals("lagging") && state.pending().size() == 0;
    tries++;
    await(Duration.ofMillis(lapsed.retryMillis()));
  }

  private void onPresence(Frame.Presence presence) {
    presentMoved = true;
    if (presence.state().isNull()) {
      present.remove(presence.client());
    } else if (present.size() < MOST_PRESENT || present.containsKey(presence.client())) {
      present.put(presence.client(), presence.state());
    }
  }

  /** A change that does not fit into the hub's frames. */
  void tooLarge(long id, long bytes, long largest) {
    Pending sent = state.pending().sent(id);
    if (sent == null || sent.repeat) {
      return; // the hub has it already, whatever it says to its size now
    }
    state.refuse(
        id,
        new Verdict.Refused(
            "too-large",
            "The change takes %d bytes, and the hub takes at most %d.".formatted(bytes, largest),
            null),
        true);
  }

  /** Subscribes again: at once the first time, after a while if that did not help. */
  private void again(boolean anew) {
    stop();
    fromNothing |= anew;
    if (tries++ == 0) {
      stage = Stage.WANTED;
    } else {
      await(Duration.ZERO);
    }
  }

  private void await(Duration atLeast) {
    stage = Stage.WAITING;
    surroundings.askAgain(tries, atLeast, ++waits);
  }

  private void stop() {
    held.clear();
    lacking = -1;
    historyAsked = false;
    if (!present.isEmpty()) {
      present.clear();
      presentMoved = true;
    }
  }

  private long known() {
    Position at = state.position();
    return at == null ? 0 : at.sequence();
  }

  private static Mutation mutation(Frame.Update update) {
    return new Mutation(
        update.client(), update.id(), update.base(), update.sequence(), update.change());
  }

  private void report(String problem, @Nullable Throwable cause) {
    Probe.report("%s, document '%s'".formatted(name, context.document()), problem, cause);
  }
}
