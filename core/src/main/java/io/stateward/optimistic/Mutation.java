package io.stateward.optimistic;

import io.stateward.store.WriteResult;
import java.util.concurrent.CompletionStage;

/**
 * A mutation under way, or settled: what {@link OptimisticStore#mutate} hands back.
 *
 * <pre>{@code
 * Mutation<Card> moved = board.mutate(b -> b.moved(7, DONE), plan);
 * moved.stage().thenAccept(result -> tell(result));
 * moved.cancel();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> A mutation is settled once; who comes first decides. By the time that the
 * stage completes, the store shows the outcome.
 *
 * @param <T> the type of what the mutation is about
 * @since 0.1
 */
public interface Mutation<T> {

  /**
   * Returns its id.
   *
   * @return the id
   */
  MutationId id();

  /**
   * Returns the stage that completes when the mutation is settled. It never completes
   * exceptionally.
   *
   * @return the same stage each time. {@link WriteResult.Saved} carries what the server sent, or if
   *     it sent nothing what the mutation had made; {@link WriteResult.Conflict} what was kept
   *     instead. Completing the future that it converts to has no effect on the mutation
   */
  CompletionStage<WriteResult<T>> stage();

  /**
   * Waits until the mutation is settled. An interrupt ends the waiting, not the mutation.
   *
   * @return the result
   * @throws InterruptedException if this thread was interrupted
   */
  WriteResult<T> await() throws InterruptedException;

  /**
   * Tells whether the mutation is settled.
   *
   * @return whether {@link #await} returns at once
   */
  boolean isSettled();

  /**
   * Takes the mutation out and tells its call to stop. If the server has carried it out all the
   * same, a push that brings it, or an {@link OptimisticStore#acknowledge acknowledgement} from
   * outside, is taken when it comes, and the change is there again: see {@link Settlement#LATE}.
   * What its own call answers after that is not listened to. To take back for certain what may have
   * been carried out, mutate the inverse.
   *
   * @return whether this call settled it; false if it was settled before
   */
  boolean cancel();
}
