package io.stateward.optimistic;

import org.jspecify.annotations.Nullable;

/**
 * What a remote call is told of the mutation that it carries out.
 *
 * <pre>{@code
 * Call.blocking(executor, (Sending<Card> sent) -> api.save(sent.mine(), sent.id().toString()))
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of what the mutation is about
 * @param id names the mutation, the same in each attempt
 * @param name what the command is called
 * @param attempt which attempt this is, from 1 on
 * @param base what is confirmed as this attempt is made, for example with the version that the
 *     server is to compare; null if it is not there
 * @param mine the same with the mutation applied; null if it is not there
 * @param ids the real ids that are known
 * @since 0.1
 */
public record Sending<T>(
    MutationId id, String name, int attempt, @Nullable T base, @Nullable T mine, TemporaryIds ids) {

  /**
   * Returns what is confirmed, of a mutation about something that has to be there.
   *
   * @return the base
   * @throws IllegalStateException if it is not there
   */
  public T baseOrThrow() {
    return there(base, "confirmed");
  }

  /**
   * Returns what the mutation made of it, of one that does not remove it.
   *
   * @return the base with the mutation applied
   * @throws IllegalStateException if it is not there
   */
  public T mineOrThrow() {
    return there(mine, "there any more");
  }

  private T there(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException(
          "What mutation '%s' (%s) is about is not %s.".formatted(name, id, what));
    }
    return part;
  }
}
