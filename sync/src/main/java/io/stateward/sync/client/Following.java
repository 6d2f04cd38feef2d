package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one document with the hub: what to say next, and what follows from what the
 * hub says.
 *
 * <p>Thread safety: called in the turn of the client, under the lock of the document.
 */
final class Following implements Hearing.Listener {

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
  private boolean fromNothing; // until there is a snapshot
  private int tries;
  private int waits;
  private long heard;
  private long settledAt; // of LIVE and REFUSED
  private final Attendance attendance = new Attendance();
  private final Hearing hearing;
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
    this.hearing = new Hearing(state, this);
  }

  @Override
  public boolean live() {
    return stage == Stage.LIVE;
  }

  /** Whether it has been where it wants to be for so long, or nothing can be done about it. */
  boolean settledDown(Duration during) {
    boolean settled = stage == Stage.LIVE || stage == Stage.REFUSED;
    return settled && surroundings.nanoTime() - settledAt >= during.toNanos();
  }

  Frame.@Nullable Lapsed refusal() {
    return stage == Stage.REFUSED ? refusal : null;
  }

  /** How many frames wait for the history that they need. */
  int held() {
    return hearing.held();
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

  /** Begins anew if the hub has left something unanswered for too long. */
  void tick() {
    boolean waiting =
        stage == Stage.ASKED
            || (stage == Stage.LIVE && (hearing.waits() || state.pending().awaits()));
    if (waiting && surroundings.nanoTime() - heard > PATIENCE) {
      report("The hub has not answered for 30 s; it is asked again.", null);
      again(false);
    }
  }

  /** Returns what is known of who is there. */
  Attendance attendance() {
    return attendance;
  }

  /** Returns what to say next, if anything. */
  Frame.@Nullable OfClient next(int window) {
    if (stage == Stage.WANTED) {
      stage = Stage.ASKED;
      heard = surroundings.nanoTime();
      return subscribe();
    }
    Position at = state.position();
    if (stage != Stage.LIVE || at == null) {
      return null;
    }
    if (hearing.wantsHistory()) {
      heard = surroundings.nanoTime();
      return hearing.askHistory(context.document(), at.sequence());
    }
    Tree told = attendance.toTell();
    return told != null ? new Frame.Share(context.document(), told) : mutation(window, at);
  }

  /** By the position the hub can tell whether it has forgotten what it judged of this client. */
  private Frame.Subscribe subscribe() {
    Position at = state.isForgotten() ? null : state.position();
    return new Frame.Subscribe(context.document(), type, at, fromNothing && at != null);
  }

  private Frame.@Nullable OfClient mutation(int window, Position at) {
    boolean first = !hearing.waits() && !state.pending().awaits();
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
    settledAt = surroundings.nanoTime();
    attendance.begin();
  }

  private void whenLive(Frame.OfHub frame) {
    if (isOfBefore(frame) || hearing.on(frame)) {
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
      attendance.on(is);
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
      settledAt = surroundings.nanoTime();
      refusal = lapsed;
      return;
    }
    // With nothing pending, the state is cheaper than all that was missed.
    fromNothing |= lapsed.code().equals("lagging") && state.pending().size() == 0;
    tries++;
    await(Duration.ofMillis(lapsed.retryMillis()));
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

  @Override
  public void progressed() {
    tries = 0;
  }

  /** Subscribes again: at once the first time, after a while if that did not help. */
  @Override
  public void again(boolean anew) {
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
    hearing.stop();
    attendance.end();
  }

  @Override
  public void report(String problem, @Nullable Throwable cause) {
    Probe.report("%s, document '%s'".formatted(name, context.document()), problem, cause);
  }
}
