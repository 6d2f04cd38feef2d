package io.stateward.sync.text;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one person can undo and redo in a text that others edit too: their own edits, the latest
 * first, and nobody else's.
 *
 * <pre>{@code
 * TextUndo undo = TextUndo.of(Timekeeper.system());
 * Text text = Text.of("Hello");
 * TextDelta mine = TextDelta.insert(5, " world");
 * undo.mine(mine, text);
 * text = text.apply(mine);                          // "Hello world"
 * TextDelta theirs = TextDelta.insert(0, "> ");
 * undo.theirs(theirs);
 * text = text.apply(theirs);                        // "> Hello world"
 * text = text.apply(undo.undo(text));               // "> Hello"
 * text = text.apply(undo.redo(text));               // "> Hello world"
 * }</pre>
 *
 * <p>It is told of every edit, in the order in which they change the text, and gives edits to
 * apply; those that it gives are not told again. Edits of one person between which less than a
 * pause goes by are undone together, however much others edit meanwhile; {@link #boundary()} ends
 * such a group at once. A new edit makes what was undone impossible to redo.
 *
 * <p>What I inserted and others deleted stays deleted; what I deleted comes back before whatever
 * others wrote in its place; what others wrote within mine stays.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Cost.</b> Telling of an edit costs the parts of it, amortised, however many edits are kept;
 * undoing and redoing cost the parts of what others did since. Deleted text is kept with the edit.
 *
 * @since 0.1
 */
public final class TextUndo {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CAPACITY = 200;

  private final Timekeeper timekeeper;
  private final long pauseNanos;
  private final UndoStack undone;
  private final UndoStack done;
  private long latestNanos;
  private boolean open; // whether the group on top takes more edits

  private TextUndo(Timekeeper timekeeper, Duration pause, int capacity) {
    if (pause.isNegative()) {
      throw new IllegalArgumentException(
          "Edits cannot be grouped by a pause of %s; give zero or more.".formatted(pause));
    }
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "%d groups of edits cannot be kept; give 1 or more.".formatted(capacity));
    }
    this.timekeeper = timekeeper;
    pauseNanos = pause.toNanos();
    undone = new UndoStack(capacity);
    done = new UndoStack(capacity);
  }

  /**
   * Returns a keeper of up to 200 groups of edits, which a pause of half a second divides.
   *
   * @param timekeeper tells how long after another an edit is
   * @return a keeper without edits
   */
  public static TextUndo of(Timekeeper timekeeper) {
    return new TextUndo(timekeeper, PAUSE, CAPACITY);
  }

  /**
   * Returns a keeper of edits.
   *
   * @param timekeeper tells how long after another an edit is
   * @param pause how long after another, exclusive, an edit still belongs to the same group; zero
   *     makes each a group
   * @param capacity how many groups are kept, at least 1; the oldest are forgotten
   * @return a keeper without edits
   * @throws IllegalArgumentException if the pause is negative or the capacity is below 1
   */
  public static TextUndo of(Timekeeper timekeeper, Duration pause, int capacity) {
    return new TextUndo(timekeeper, pause, capacity);
  }

  /**
   * Notes what I do.
   *
   * @param delta my edit
   * @param before the text to which it is applied
   * @throws IllegalArgumentException if the text is too short for the edit
   */
  public void mine(TextDelta delta, Text before) {
    TextDelta inverse = delta.invert(before);
    if (inverse.isEmpty()) {
      return;
    }
    long now = timekeeper.nanoTime();
    boolean joins = open && now - latestNanos < pauseNanos && !done.isEmpty();
    done.push(joins ? inverse.compose(done.pop()) : inverse);
    undone.clear();
    latestNanos = now;
    open = true;
  }

  /**
   * Notes what somebody else does.
   *
   * @param delta their edit, of the text as it is here
   */
  public void theirs(TextDelta delta) {
    if (!delta.isEmpty()) {
      done.theirs(delta);
      undone.theirs(delta);
    }
  }

  /** Ends the group of edits: my next edit is undone without the ones before it. */
  public void boundary() {
    open = false;
  }

  /**
   * Takes back the latest group of my edits of which something is left.
   *
   * @param text the text as it is here
   * @return the edit to apply to the text, which is not told to {@link #mine}; empty if there is
   *     nothing to undo
   */
  public TextDelta undo(Text text) {
    return move(done, undone, text);
  }

  /**
   * Takes back the latest group of my edits of which something is left, if that can be applied.
   *
   * @param <R> the type of what comes of it
   * @param text the text as it is here
   * @param application applies the edit that it is given, which is not told to {@link #mine}. If it
   *     throws, nothing is undone
   * @return what the application returned; empty if there is nothing to undo
   */
  public <R> Optional<R> undo(Text text, Function<? super TextDelta, ? extends R> application) {
    return move(done, undone, text, application);
  }

  /**
   * Does again what was undone last.
   *
   * @param text the text as it is here
   * @return the edit to apply to the text, which is not told to {@link #mine}; empty if there is
   *     nothing to redo
   */
  public TextDelta redo(Text text) {
    return move(undone, done, text);
  }

  /**
   * Does again what was undone last, if that can be applied.
   *
   * @param <R> the type of what comes of it
   * @param text the text as it is here
   * @param application applies the edit that it is given, which is not told to {@link #mine}. If it
   *     throws, nothing is redone
   * @return what the application returned; empty if there is nothing to redo
   */
  public <R> Optional<R> redo(Text text, Function<? super TextDelta, ? extends R> application) {
    return move(undone, done, text, application);
  }

  /**
   * Tells whether I did anything that is not undone.
   *
   * @return whether there is an edit to undo; others may have left nothing of it
   */
  public boolean canUndo() {
    return !done.isEmpty();
  }

  /**
   * Tells whether I undid anything since my last edit.
   *
   * @return whether there is an edit to redo; others may have left nothing of it
   */
  public boolean canRedo() {
    return !undone.isEmpty();
  }

  /** Forgets all edits: nothing can be undone or redone. */
  public void clear() {
    done.clear();
    undone.clear();
    open = false;
  }

  private TextDelta move(UndoStack from, UndoStack to, Text text) {
    return this.<TextDelta>move(from, to, text, delta -> delta).orElse(TextDelta.empty());
  }

  private <R> Optional<R> move(
      UndoStack from,
      UndoStack to,
      Text text,
      Function<? super TextDelta, ? extends R> application) {
    open = false;
    TextDelta delta = TextDelta.empty();
    while (delta.isEmpty() && !from.isEmpty()) {
      delta = from.pop();
    }
    if (delta.isEmpty()) {
      return Optional.empty();
    }
    R result;
    try {
      result = application.apply(delta);
    } catch (RuntimeException | Error e) { // then it is still to be done
      from.push(delta);
      throw e;
    }
    to.push(delta.invert(text));
    return Optional.of(result);
  }
}
