package io.stateward.sync.client;

import io.stateward.optimistic.Choice;
import io.stateward.sync.text.Text;
import java.util.concurrent.CompletionStage;

/**
 * Decides what becomes of edits that the hub cannot merge, because it does not know any more what
 * was done since they were made: somebody is asked.
 *
 * <pre>{@code
 * LostHistory dialog = lost -> {
 *   CompletableFuture<Choice<Text>> answer = new CompletableFuture<>();
 *   show(lost.mine(), lost.theirs(), answer::complete);    // Choice.mine(), theirs() or merged(text)
 *   return answer;
 * };
 * }</pre>
 *
 * <p>By then the text is what the hub has, and editing goes on. What was edited here is kept as a
 * {@linkplain TextDocument#deadLetters dead letter} with the code {@value #CODE}, whose change has
 * the texts {@code base} and {@code mine}. If mine or a merged text is chosen, that is put in place
 * of what the hub had, together with what was done since, and the letter goes. Otherwise the letter
 * stays; so it does if the process ends before there is an answer, and nobody is asked again.
 *
 * <p><b>Thread safety.</b> Called by any thread, without a lock, for one document at a time; it
 * must not block. The answer may come at any time, on any thread.
 *
 * <p><b>Failure.</b> One that throws, returns null or fails is reported; the letter stays.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LostHistory {

  /** What a dead letter says of edits about which is asked. */
  String CODE = "lost-history";

  /**
   * Begins to decide.
   *
   * @param lost the texts
   * @return completes with the decision
   */
  CompletionStage<Choice<Text>> decide(LostText lost);
}
