package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a document, and what they let know; this client included, which tells it again in each
 * subscription.
 *
 * <p>Thread safety: called in the turn of the client, under the lock of the document.
 */
final class Attendance {

  private static final int MOST = 10_000;

  private final Map<String, Tree> present = new TreeMap<>();
  private boolean moved;
  private @Nullable Tree shared;
  private boolean sharedAnew;

  void share(Tree what) {
    shared = what;
    sharedAnew = true;
  }

  /** Takes back what was shared, if anything was. */
  void withdraw() {
    if (shared != null && !shared.isNull()) {
      share(Tree.ofNull());
    }
  }

  /** Returns what is to be told, once. */
  @Nullable Tree toTell() {
    Tree told = sharedAnew ? shared : null;
    sharedAnew = false;
    return told;
  }

  /** A subscription begins, in which nothing is shared yet. */
  void begin() {
    sharedAnew = shared != null && !shared.isNull();
  }

  /** It ends, and with it what others let know. */
  void end() {
    moved |= !present.isEmpty();
    present.clear();
  }

  void on(Frame.Presence presence) {
    moved = true;
    if (presence.state().isNull()) {
      present.remove(presence.client());
    } else if (present.size() < MOST || present.containsKey(presence.client())) {
      present.put(presence.client(), presence.state());
    }
  }

  /** Returns who is present now, if that has moved since it was asked last. */
  @Nullable Map<String, Tree> moved() {
    if (!moved) {
      return null;
    }
    moved = false;
    return Map.copyOf(present);
  }
}
