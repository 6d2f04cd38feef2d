package io.stateward.sync.client;

import io.stateward.codec.Tree;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change in the end.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Settled {

  /**
   * Maps whichever outcome this is.
   *
   * @param <R> the type of the result
   * @param durable maps where it took place
   * @param refused maps why it did not
   * @param superseded answers if others took its place
   * @return the result of the one function that was called
   */
  default <R> R fold(
      Function<? super Durable, ? extends R> durable,
      Function<? super Refused, ? extends R> refused,
      Supplier<? extends R> superseded) {
    if (this instanceof Durable it) {
      return durable.apply(it);
    }
    return this instanceof Refused it ? refused.apply(it) : superseded.get();
  }

  /**
   * The hub has it, and no crash takes it back.
   *
   * @param sequence its place in the document; where that was not heard, the place of the state in
   *     which it is
   */
  record Durable(long sequence) implements Settled {}

  /**
   * It did not take place. It is among the dead letters.
   *
   * @param code a short word for programs, such as {@code conflict}
   * @param reason a sentence for people
   * @param current what stands instead, or null
   */
  record Refused(String code, String reason, @Nullable Tree current) implements Settled {}

  /**
   * The document has put other changes in its place, as what it stood on is no more; those go on.
   */
  record Superseded() implements Settled {}
}
