package io.stateward.history;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Undo and redo for a store: the states that it was in, and which of them is the present one.
 *
 * <pre>{@code
 * History<Drawing> history = History.of(store);
 * history.group("Align", () -> shapes.forEach(shape -> store.update(d -> d.aligned(shape))));
 * history.coalesce("Typing", "title", () -> store.update(d -> d.titled(text)));
 * undoButton.enabledWhile(history.canUndo());
 * String said = history.undo().fold(undone -> "Undid " + undone.step(), () -> "Nothing to undo");
 * }</pre>
 *
 * <p>Every change of the store is a step, whoever makes it. The changes of one {@link #group} are
 * one step, and so are those of {@link #coalesce} with the same key that follow each other soon.
 * Undoing goes back to the state before a step; redoing goes forth again, until something new is
 * changed, which drops what could be redone.
 *
 * <p>A history of a slice knows that slice alone: undoing replaces it and leaves the rest of the
 * store as it is, and changes of other slices are no steps. Undoing restores a state as it was,
 * whole; so what must survive an undo, what others write for example, belongs in another slice.
 *
 * <p>Changes made while the history is {@linkplain #pause paused}, or {@linkplain #unrecorded
 * unrecorded}, are no steps of their own. They become part of the present state: undoing the step
 * before them takes them back as well, redoing it brings them again, and what could be redone still
 * can.
 *
 * <p>Steps lead from one state to another that is not equal. A step that comes to end where it
 * began is dropped.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Changes are steps in the order of their
 * commits; undoing and redoing are commits among them, made of the state that they find. A group
 * belongs to the thread that makes it: if another thread's change comes between, the group becomes
 * two steps, so that nobody's change is taken back along with it. One update, or {@link
 * Store#atomically}, is never divided.
 *
 * <p><b>Ordering.</b> {@link #undo} sees every commit made before it. The signals follow when the
 * commit is delivered.
 *
 * <p><b>Failure.</b> Having nothing to undo is a result and no error. Inside an updater or an
 * atomic update a history is refused with {@link NestedUpdateException}.
 *
 * <p><b>Cost.</b> A commit notes a reference under the store's lock; the step is made in the
 * delivery, in O(log steps). Undoing is one commit. States that share structure are kept for what
 * differs between them.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public interface History<S> extends AutoCloseable {

  /**
   * Starts a history with the bounds that {@link HistoryBuilder} names.
   *
   * @param <S> the type of the state
   * @param store a store, or a slice of one; its present state is the earliest one to go back to
   * @return the history, to close when it is no longer wanted
   */
  static <S> History<S> of(Store<S> store) {
    return over(store).start();
  }

  /**
   * Begins a history with bounds of your own.
   *
   * @param <S> the type of the state
   * @param store a store, or a slice of one
   * @return a builder
   */
  static <S> HistoryBuilder<S> over(Store<S> store) {
    return new HistoryBuilder<>(store);
  }

  /**
   * Goes back to the state before the last step.
   *
   * @return what was undone, if anything was
   * @throws ClosedException if this history or its store is closed
   */
  UndoResult<S> undo();

  /**
   * Goes forth again to the state after the step that was undone last.
   *
   * @return what was redone, if anything was
   * @throws ClosedException if this history or its store is closed
   */
  RedoResult<S> redo();

  /**
   * Runs a body whose changes, as far as this thread makes them, are one step. A group within a
   * group is part of it.
   *
   * @param name what the step is called
   * @param body changes the store; what it throws reaches the caller, and what it changed before
   *     stays one step
   * @throws ClosedException if this history is closed
   */
  void group(String name, Runnable body);

  /**
   * Runs a body whose changes join the step before, if that has the same key and its latest change
   * is no older than the window: so typing is one step. After an undo or a redo a new step begins.
   *
   * @param name what the step is called
   * @param key says what belongs together, for example the id of a text field
   * @param body changes the store
   * @throws ClosedException if this history is closed
   */
  void coalesce(String name, String key, Runnable body);

  /**
   * Runs a body whose changes, as far as this thread makes them, are no steps; see the class for
   * what becomes of them.
   *
   * @param body changes the store
   * @throws ClosedException if this history is closed
   */
  void unrecorded(Runnable body);

  /** Stops making steps of changes, whoever makes them, until {@link #resume}. */
  void pause();

  /** Makes steps of changes again, from the present state on. */
  void resume();

  /** Forgets every step. The present state becomes the earliest one to go back to. */
  void clear();

  /**
   * Returns whether there is a step to undo.
   *
   * @return a signal that moves when that changes
   */
  Signal<Boolean> canUndo();

  /**
   * Returns whether there is a step to redo.
   *
   * @return a signal that moves when that changes
   */
  Signal<Boolean> canRedo();

  /**
   * Returns the name of the step that {@link #undo} would take back.
   *
   * @return a signal of the name, null if the step has none or there is no step
   */
  Signal<@Nullable String> undoName();

  /**
   * Returns the name of the step that {@link #redo} would bring again.
   *
   * @return a signal of the name, null if the step has none or there is no step
   */
  Signal<@Nullable String> redoName();

  /**
   * Returns everything there is to show about this history, as one consistent value.
   *
   * @return a signal of the status
   */
  Signal<HistoryStatus> status();

  /**
   * Returns the steps as a value, to keep them elsewhere.
   *
   * @return the states and the names; {@link SavedHistory#codec} turns them into bytes
   */
  SavedHistory<S> save();

  /**
   * Takes over saved steps in place of the present ones, as far as the bounds allow. The store is
   * not changed: the steps are taken over only if the state that was present when they were saved
   * is equal to the store's now. Bring the store there first.
   *
   * @param saved the steps
   * @return whether they were taken over
   * @throws ClosedException if this history or its store is closed
   */
  RestoreResult<S> restore(SavedHistory<S> saved);

  /**
   * Ends this history and forgets its steps; the store goes on. The signals keep saying that there
   * is nothing to undo. Closing again does nothing.
   */
  @Override
  void close();
}
