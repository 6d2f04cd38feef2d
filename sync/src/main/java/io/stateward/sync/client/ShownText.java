package io.stateward.sync.client;

import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.sync.text.Side;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextUndo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The text that is seen, change by change: what subscribers are told, over what an editor that is
 * behind has to be moved, and what can be undone.
 *
 * <p>Thread safety: guarded by the lock of its document; the signal is for any number of threads.
 */
final class ShownText {

  private static final int RECENT = 1000; // changes behind which an editor may be

  private final DocumentContext context;
  private final Store<TextChange> changes = Store.of(TextChange.none());
  private final Deque<TextDelta> recent = new ArrayDeque<>(); // newest last
  private final TextUndo undo;
  private Text now = Text.empty();
  private long revision;
  private Origin origin = Origin.here(); // of the edit that is being made
  private boolean undoable = true; // likewise, by itself

  ShownText(DocumentContext context) {
    this.context = context;
    this.undo = TextUndo.of(context.timekeeper());
  }

  Text now() {
    return now;
  }

  /** Returns what has been shown, which is told outside of the lock. */
  Signal<TextChange> changes() {
    return changes;
  }

  /** Returns what can be undone here. */
  TextUndo undo() {
    return undo;
  }

  /** Says by what the next edits are made, and whether each can be undone by itself. */
  void editsAre(Origin next, boolean each) {
    origin = next;
    undoable = each;
  }

  /** Shows an edit that is made here. */
  void edit(Text next, TextDelta delta) {
    show(next, delta, origin);
  }

  /** Shows another text. */
  void show(Text next, TextDelta delta, Origin by) {
    Text was = now;
    now = next;
    if (delta.isEmpty()) {
      return;
    }
    revision++;
    recent.add(delta);
    if (recent.size() > RECENT) {
      recent.remove();
    }
    if (!by.isLocal()) {
      undo.theirs(delta);
    } else if (by.kind() == Origin.Kind.EDIT && undoable) {
      undo.mine(delta, was);
    }
    TextChange change = new TextChange(was, delta, next, by, revision);
    context.afterwards(() -> changes.set(change));
  }

  /** Returns an edit of what was shown once as an edit of the text as it is. */
  TextDelta moved(TextDelta operation, long since) {
    long behind = revision - since;
    if (behind < 0 || behind > recent.size()) {
      throw new IllegalArgumentException(
          "The edit was made on revision %d of '%s', which is now at %d; of those before it the last %d are known. Read the text again and edit that."
              .formatted(since, context.document(), revision, recent.size()));
    }
    TextDelta moved = operation;
    Iterator<TextDelta> later = recent.iterator();
    for (long skipped = recent.size() - behind; later.hasNext(); skipped--) {
      TextDelta change = later.next();
      if (skipped <= 0) {
        moved = moved.transform(change, Side.RIGHT);
      }
    }
    return moved;
  }
}
