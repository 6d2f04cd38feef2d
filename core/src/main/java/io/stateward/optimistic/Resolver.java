package io.stateward.optimistic;

import java.util.concurrent.CompletionStage;

/**
 * Decides conflicts, and may take its time: a person who is asked.
 *
 * <pre>{@code
 * Resolver<Card> dialog = dispute -> {
 *   CompletableFuture<Choice<Card>> answer = new CompletableFuture<>();
 *   show(dispute.mine(), dispute.theirs(), answer::complete);
 *   return answer;
 * };
 * }</pre>
 *
 * <p>While it decides, everything else goes on: the mutation stays visible, on top of what the
 * server has, and only those in its scope wait.
 *
 * <p><b>Thread safety.</b> Called by whichever thread brings the conflict, several at once for
 * several mutations; it must not block.
 *
 * <p><b>Failure.</b> One that throws, returns null or fails is reported, and the {@linkplain
 * Resolution#otherwise next resolution} decides. One that never answers needs a {@linkplain
 * Resolution#within time-out}.
 *
 * @param <T> the type of what the conflicts are about
 * @since 0.1
 */
@FunctionalInterface
public interface Resolver<T> {

  /**
   * Begins to decide a conflict.
   *
   * @param dispute the conflict
   * @return completes with the decision; it is cancelled if the decision is no longer wanted
   */
  CompletionStage<Choice<T>> resolve(Dispute<T> dispute);
}
