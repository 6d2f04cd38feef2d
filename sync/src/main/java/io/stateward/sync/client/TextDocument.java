package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Signal;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A text that others edit at the same time.
 *
 * <pre>{@code
 * TextDocument notes = client.text("notes");
 * notes.insert(0, "Hello");                                // visible now, stored soon, sent when it can be
 * notes.changes().subscribe(change -> editor.apply(change.now().delta(), change.now().origin()));
 * notes.now().toString();                                  // "Hello"
 * notes.undo();                                            // takes back what was done here, and only that
 * }</pre>
 *
 * <p>Positions and lengths count code points. An editor that counts chars asks {@link
 * Text#charIndex} and {@link Text#codePointIndex}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> An edit shows in {@link #now} when the call returns. {@link #changes} hands
 * over every change of the text in the order in which they took place here, edits made here
 * included, and tells whose it is. An editor that is some changes behind, as one on a thread of its
 * own always may be, passes to {@link #edit(TextChange, TextDelta)} which one it has seen last.
 *
 * <p><b>Failure.</b> An edit that does not fit the text is refused by an {@link
 * IllegalArgumentException} with the values, and nothing has changed. What the hub refuses is taken
 * out again, which subscribers see as a {@linkplain Origin.Kind#CORRECTION correction}, and is
 * among the {@link #deadLetters}.
 *
 * <p>An edit of more than 10,000 parts, or that inserts more than 8,192 code points, is sent as
 * several, which others may see one after the other, and of which the hub may refuse some; its
 * submission stands for all of them, and it is undone as one.
 *
 * <p><b>Cost.</b> An edit costs time logarithmic in the text. The text as a string is made by
 * {@link Text#toString}, when it is asked for.
 *
 * @since 0.1
 */
public final class TextDocument implements AutoCloseable {

  private final DocumentChannel<TextReplica> channel;

  private TextDocument(DocumentChannel<TextReplica> channel) {
    this.channel = channel;
  }

  static TextDocument over(DocumentChannel<TextReplica> channel) {
    return new TextDocument(channel);
  }

  /**
   * Returns the id of the document.
   *
   * @return the id
   */
  public String id() {
    return channel.document();
  }

  /**
   * Returns the text as it is, with every edit that was made here so far.
   *
   * @return the text
   */
  public Text now() {
    return channel.exclusively(() -> channel.replica().visible());
  }

  /**
   * Returns the text as a signal, which moves once an edit was told.
   *
   * @return the text
   */
  public Signal<Text> text() {
    return channel.replica().shown().changes().map(TextChange::now);
  }

  /**
   * Returns the changes of the text. Subscribe with the standard delivery to be handed each.
   *
   * @return the latest change
   */
  public Signal<TextChange> changes() {
    return channel.replica().shown().changes();
  }

  /**
   * Puts something in.
   *
   * @param position before which code point, from 0 to the length of the text
   * @param text what, without lone surrogates
   * @return the edit on its way
   */
  public Submission insert(int position, String text) {
    return edit(TextDelta.insert(position, text));
  }

  /**
   * Takes something out.
   *
   * @param position the first code point that goes, from 0
   * @param count how many go
   * @return the edit on its way
   */
  public Submission delete(int position, int count) {
    return edit(TextDelta.delete(position, count));
  }

  /**
   * Puts something in the place of something.
   *
   * @param position the first code point that goes, from 0
   * @param count how many go
   * @param text what comes, without lone surrogates
   * @return the edit on its way
   */
  public Submission replace(int position, int count, String text) {
    return edit(TextDelta.replace(position, count, text));
  }

  /**
   * Edits the text as it is.
   *
   * @param delta the edit
   * @return the edit on its way
   */
  public Submission edit(TextDelta delta) {
    return channel.exclusively(() -> submit(delta, Origin.here()));
  }

  /**
   * Edits the text in a way that depends on it; nothing comes between.
   *
   * @param editor makes an edit of the text as it is. It runs once, under the document's lock, as
   *     the updater of a store does: so it is short, waits for nothing, and changes nothing by
   *     itself, neither this document nor another
   * @return the edit on its way
   * @throws IllegalStateException if the editor has changed the document itself
   * @throws RuntimeException what the editor throws; then nothing has changed
   */
  public Submission edit(Function<? super Text, TextDelta> editor) {
    return channel.exclusively(
        () -> {
          Text before = channel.replica().visible();
          TextDelta delta = editor.apply(before);
          if (channel.replica().visible() != before) {
            throw new IllegalStateException(
                "The editor of '%s' has edited it itself, so what it returned fits no more. Return the whole edit."
                    .formatted(id()));
          }
          return submit(delta, Origin.here());
        });
  }

  /**
   * Edits the text as somebody saw it who may be some changes behind: the edit is moved over what
   * changed since.
   *
   * @param seen the last change that was seen, of {@link #changes}
   * @param delta the edit of the text after that change
   * @return the edit on its way
   * @throws IllegalArgumentException if more than the last 1,000 changes came after it
   */
  public Submission edit(TextChange seen, TextDelta delta) {
    return channel.exclusively(
        () -> submit(channel.replica().shown().moved(delta, seen.revision()), Origin.here()));
  }

  /**
   * Takes back what was done here last, and only that: the edits of others stay. Edits between
   * which less than half a second went by go together.
   *
   * @return the edit on its way that takes them back; empty if there is nothing to undo
   */
  public Optional<Submission> undo() {
    return channel.exclusively(
        () -> {
          ShownText text = channel.replica().shown();
          return text.undo().undo(text.now(), delta -> submit(delta, Origin.undo()));
        });
  }

  /**
   * Does again what was undone last, unless something was edited here since.
   *
   * @return the edit on its way; empty if there is nothing to redo
   */
  public Optional<Submission> redo() {
    return channel.exclusively(
        () -> {
          ShownText text = channel.replica().shown();
          return text.undo().redo(text.now(), delta -> submit(delta, Origin.redo()));
        });
  }

  /**
   * Tells whether there is something to undo.
   *
   * @return whether an edit was made here that was not undone
   */
  public boolean canUndo() {
    return channel.exclusively(() -> channel.replica().shown().undo().canUndo());
  }

  /**
   * Tells whether there is something to redo.
   *
   * @return whether an edit was undone here, and none made since
   */
  public boolean canRedo() {
    return channel.exclusively(() -> channel.replica().shown().undo().canRedo());
  }

  /** Ends a group of edits: what is edited next is undone without what was edited before. */
  public void undoBoundary() {
    channel.exclusively(
        () -> {
          channel.replica().shown().undo().boundary();
          return null;
        });
  }

  /** Within the turn. */
  private Submission submit(TextDelta delta, Origin origin) {
    return TextEdits.submit(channel, delta, origin);
  }

  /**
   * Returns how the document stands with the hub.
   *
   * @return the status, which moves
   */
  public Signal<DocumentStatus> status() {
    return channel.status();
  }

  /**
   * Returns how many edits made here are not settled.
   *
   * @return the number, which moves
   */
  public Signal<Integer> pending() {
    return channel.pending();
  }

  /**
   * Returns the edits that were refused, the oldest first.
   *
   * @return the letters
   */
  public Signal<List<DeadLetter>> deadLetters() {
    return channel.deadLetters();
  }

  /**
   * Removes a dead letter that was dealt with.
   *
   * @param letter the letter
   */
  public void dismiss(DeadLetter letter) {
    channel.dismiss(letter);
  }

  /**
   * Lets the others in the document know something of this client, such as a name and a cursor. It
   * is taken back when everybody here has closed the document.
   *
   * @param state what they may know; JSON null takes it back
   */
  public void share(Tree state) {
    channel.share(state);
  }

  /**
   * Returns what the others let know.
   *
   * @return what each says, by client
   */
  public Signal<Map<String, Tree>> presence() {
    return channel.presence();
  }

  /**
   * Returns when nothing made here is pending.
   *
   * @return completes at the first moment at which all edits are settled; at once if they are
   */
  public CompletionStage<Void> whenSettled() {
    return channel.whenSettled();
  }

  /** Lets go of the document; what is pending goes on. Closing again does nothing. */
  @Override
  public void close() {
    channel.close();
  }
}
