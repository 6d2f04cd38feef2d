package io.stateward.sync.hub;

import io.stateward.sync.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the history of one document: one question is answered at a time, and those
 * that come meanwhile wait as one that covers them all.
 *
 * <p>Thread safety: confined to the turn of the session.
 */
final class HistoryAsks {

  private boolean underWay;
  private Frame.@Nullable AskHistory waiting;

  /** Takes a question; answers whether it is to be answered now. */
  boolean add(Frame.AskHistory ask) {
    if (underWay) {
      Frame.AskHistory before = waiting;
      waiting = before == null ? ask : covering(before, ask);
      return false;
    }
    underWay = true;
    return true;
  }

  private static Frame.AskHistory covering(Frame.AskHistory one, Frame.AskHistory other) {
    return new Frame.AskHistory(
        one.document(), Math.min(one.after(), other.after()), Math.max(one.until(), other.until()));
  }

  /** The one under way is answered: returns the one to be answered next, or null. */
  Frame.@Nullable AskHistory answered() {
    Frame.AskHistory next = waiting;
    waiting = null;
    underWay = next != null;
    return next;
  }
}
