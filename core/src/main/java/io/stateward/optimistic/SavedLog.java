package io.stateward.optimistic;

import io.stateward.codec.Codec;
import io.stateward.codec.TreeCodec;
import java.util.List;
import java.util.Objects;

/**
 * What has to be stored of an optimistic store: the confirmed state, and the mutations on top of
 * it. What is visible follows from both, and is never stored.
 *
 * <pre>{@code
 * Persistence kept = board.persistence()
 *     .open(folder.resolve("board.json"), SavedLog.codec(Board.CODEC), executor);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the state is.
 *
 * @param <S> the type of the state
 * @param confirmed the confirmed state
 * @param mutations what is under way, in the order in which it was made
 * @param issued the highest id that is known of each origin, the latest origin last; so a duplicate
 *     answer is told from one that never was asked for, by a later process as well
 * @since 0.1
 */
public record SavedLog<S>(S confirmed, List<SavedMutation> mutations, List<MutationId> issued) {

  /**
   * Copies the lists.
   *
   * @param confirmed the confirmed state
   * @param mutations what is under way
   * @param issued the highest id of each origin
   */
  public SavedLog {
    Objects.requireNonNull(confirmed, "confirmed");
    mutations = List.copyOf(mutations);
    issued = List.copyOf(issued);
  }

  /**
   * Returns the codec of saved logs. Its bytes are JSON, so that migrations can work on the state
   * and on the arguments of commands.
   *
   * @param <S> the type of the state
   * @param state the codec of the confirmed state; one whose bytes are not JSON is stored as base64
   * @return the codec; its schema names that of the state
   */
  public static <S> TreeCodec<SavedLog<S>> codec(Codec<S> state) {
    return SavedLogForm.codec(state);
  }
}
