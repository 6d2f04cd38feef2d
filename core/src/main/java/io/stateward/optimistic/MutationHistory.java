package io.stateward.optimistic;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Undo and redo of mutations, whatever has become of them and whatever others did meanwhile.
 *
 * <pre>{@code
 * MutationHistory<Board> history = MutationHistory.of(board);
 * Move back = new Move(7, board.visible().get().columnOf(7));
 * history.mutate(MOVE.with(move), moving(move).undoneBy(MOVE.with(back), moving(back)));
 * history.undo();                                  // cancels it, or moves the card back
 * }</pre>
 *
 * <p>Undoing a mutation that is under way {@linkplain Mutation#cancel cancels} it. Undoing one that
 * was settled makes a new mutation of its inverse, which is sent like any other and may be refused
 * like any other. The inverse is what {@link MutationPlan#undoneBy(Command, MutationPlan)} says; if
 * the plan says nothing, what it was about is put back as it was before, by the same plan, provided
 * that it still is what the mutation made of it. Redoing makes a mutation again, with its command
 * and its plan. Making another one drops what could be redone.
 *
 * <p>The steps are the mutations made through this history, so that nobody undoes what the program
 * or another window did. A mutation that does not take effect (rejected, in conflict, gone, failed,
 * cancelled elsewhere) is no step any more. This is the undo of what one person did among others,
 * as opposed to {@link io.stateward.history.History}, which goes back to earlier states.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Two threads that undo at once undo two
 * steps.
 *
 * <p><b>Failure.</b> What cannot be undone is a {@link StepResult.Refused} that says why.
 *
 * <p><b>Cost.</b> A step keeps what its mutation was about, before and after, and no states. The
 * latest {@value #STEPS} steps are kept.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public interface MutationHistory<S> extends AutoCloseable {

  /** How many steps are kept; older ones are forgotten. */
  int STEPS = 100;

  /**
   * Starts a history without steps.
   *
   * @param <S> the type of the state
   * @param store the store
   * @return the history, to close when it is no longer wanted
   * @throws IllegalArgumentException if {@link OptimisticStore} did not open the store
   */
  static <S> MutationHistory<S> of(OptimisticStore<S> store) {
    if (!(store instanceof LoggedStore<S> logged)) {
      throw new IllegalArgumentException(
          "A history is of a store that OptimisticStore opened, which %s is not.".formatted(store));
    }
    return new RecordingMutations<>(logged);
  }

  /**
   * Makes a mutation, as {@link OptimisticStore#mutate} does, that is a step.
   *
   * @param <T> the type of what the mutation is about
   * @param command what to do
   * @param plan how it reaches the server, and what undoes it
   * @return the mutation
   * @throws RuntimeException what the command throws; then nothing has happened
   * @throws NestedUpdateException if an updater or a command makes it
   * @throws ClosedException if this history or the store is closed
   */
  <T> Mutation<T> mutate(Command<S> command, MutationPlan<S, T> plan);

  /**
   * Undoes the last step.
   *
   * @return what was done
   * @throws NestedUpdateException if an updater or a command does it
   * @throws ClosedException if this history is closed, or the store when there is something to do
   */
  StepResult undo();

  /**
   * Makes the mutation again that was undone last. One whose inverse is still under way can be made
   * again too; both are sent then.
   *
   * @return what was done
   * @throws NestedUpdateException if an updater or a command does it
   * @throws ClosedException if this history is closed, or the store when there is something to do
   */
  StepResult redo();

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
   * Returns the name of the command that {@link #undo} would undo.
   *
   * @return a signal of the name, null if there is no step
   */
  Signal<@Nullable String> undoName();

  /**
   * Returns the name of the command that {@link #redo} would make again.
   *
   * @return a signal of the name, null if there is no step
   */
  Signal<@Nullable String> redoName();

  /** Forgets every step. */
  void clear();

  /**
   * Ends this history and forgets its steps; what is under way goes on. The signals keep saying
   * that there is nothing to undo. Closing again does nothing.
   */
  @Override
  void close();
}
