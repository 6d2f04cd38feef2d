package io.stateward.sync.client;

import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hub says of a document that follows it, taken in in the order of the document: what was
 * here before is dropped, a hole is noticed, and what follows a lack of history waits for it.
 *
 * <p>Thread safety: called in the turn of the client, under the lock of the document.
 */
final class Hearing {

  static final int MOST_HELD = 10_000;

  /** Whom it tells. */
  interface Listener {

    /** Something was taken in. */
    void progressed();

    /** It has to be subscribed to again, perhaps from nothing. */
    void again(boolean fromNothing);

    /** Whether it still follows the hub. */
    boolean live();

    void report(String problem, @Nullable Throwable cause);
  }

  private final DocumentState state;
  private final Listener listener;
  private final Deque<Frame.OfHub> held = new ArrayDeque<>(); // while history is lacking
  private long lacking = -1;
  private boolean historyAsked;
  private long given; // the update for which history was given last
  private long givenAfter;

  Hearing(DocumentState state, Listener listener) {
    this.state = state;
    this.listener = listener;
  }

  void stop() {
    held.clear();
    lacking = -1;
    historyAsked = false;
    given = 0;
  }

  /** Whether history was asked for and has not come. */
  boolean waits() {
    return historyAsked;
  }

  /** How many frames wait for it. */
  int held() {
    return held.size();
  }

  boolean wantsHistory() {
    return lacking >= 0 && !historyAsked;
  }

  Frame.AskHistory askHistory(String document, long until) {
    historyAsked = true;
    return new Frame.AskHistory(document, lacking, until);
  }

  /** Takes a frame. Returns false if it is about something else. */
  boolean on(Frame.OfHub frame) {
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
    } else {
      return false;
    }
    return true;
  }

  private void hold(Frame.OfHub frame) {
    if (held.size() == MOST_HELD) {
      listener.report("Too much waits for its history; it is asked for anew.", null);
      listener.again(true);
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
      listener.report(
          "An update is missing: %d follows %d. It is asked for again."
              .formatted(update.sequence(), known),
          null);
      listener.again(false);
      return;
    }
    Long after = state.take(mutation(update));
    if (after != null) {
      lack(after, update);
      return;
    }
    listener.progressed();
    confirmFollowing();
  }

  private void lack(long after, Frame.Update update) {
    boolean had = update.sequence() == given && after >= givenAfter;
    if (had || after < 0 || after > known()) {
      listener.report(
          "It lacks the history after %d for update %d, which %s; it begins anew."
              .formatted(after, update.sequence(), had ? "it was given" : "it cannot be lacking"),
          null);
      listener.again(true);
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
      listener.progressed();
      confirmFollowing();
    } else {
      listener.report(
          "The hub confirms change %d at %d, which does not follow %d."
              .formatted(ack.id(), ack.sequence(), known()),
          null);
      listener.again(next);
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
        listener.report(
            "Change %d was refused for one before it, of which the hub said nothing."
                .formatted(rejected.id()),
            null);
        listener.again(false);
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
      listener.again(true); // the hub holds it no more
      return;
    }
    if (history.after() + events.size() < known()) {
      return; // the answer to an earlier question, once more
    }
    state.history(history.after(), events.stream().map(Hearing::mutation).toList());
    givenAfter = lacking;
    given = held.element() instanceof Frame.Update first ? first.sequence() : 0;
    List<Frame.OfHub> waiting = List.copyOf(held);
    held.clear();
    lacking = -1;
    historyAsked = false;
    for (Frame.OfHub frame : waiting) {
      if (listener.live()) {
        on(frame);
      }
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
}
