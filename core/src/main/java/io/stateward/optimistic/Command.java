package io.stateward.optimistic;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A change that can be executed again, on another state than the one it was made for.
 *
 * <pre>{@code
 * Command<Cart> one = cart -> cart.plus("tea", 1);               // nothing has to be stored
 * Command<Cart> two = ADD.with(new Item("milk", 2));              // can be stored: see CommandType
 * Command<Cart> both = Command.batch("cart/add", List.of(one, two));
 * }</pre>
 *
 * <p>A command says what to do, not what the outcome was: "one more", not "now three". It depends
 * on the state and its own arguments alone; the time, a random number or a new id is an argument.
 * It throws when it makes no sense on the state that it is given, such as an edit of what is not
 * there.
 *
 * <p><b>Thread safety.</b> Called by one thread at a time, under a lock, and often: it has to be
 * pure and short.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
@FunctionalInterface
public interface Command<S> {

  /**
   * Returns the state after the command.
   *
   * @param state a state, not always the one that the command was made for
   * @return the state after it; the same one if it changes nothing
   * @throws RuntimeException if the command makes no sense on that state
   */
  S apply(S state);

  /**
   * Returns what the command is called, for errors, logs and people.
   *
   * @return the name; "unnamed" for a lambda
   */
  default String name() {
    return "unnamed";
  }

  /**
   * Returns this command with temporary ids replaced by the real ones, as far as they are known.
   *
   * @param ids the ids that are known
   * @return the command to execute from now on
   */
  default Command<S> remapped(TemporaryIds ids) {
    return this;
  }

  /**
   * Gives a name to a command.
   *
   * @param <S> the type of the state
   * @param name the name
   * @param command what it does
   * @return the named command; it can be stored no better than before
   */
  static <S> Command<S> named(String name, Command<S> command) {
    return batch(name, List.of(command));
  }

  /**
   * Returns a command that looks up ids which may have been temporary when it was made.
   *
   * <pre>{@code
   * Command<Board> rename = Command.withIds("card/rename",
   *     (board, ids) -> board.renamed(ids.real(cardId), "milk"));
   * }</pre>
   *
   * @param <S> the type of the state
   * @param name the name
   * @param function a pure function of the state and the ids that are known by then
   * @return the command
   */
  static <S> Command<S> withIds(
      String name, BiFunction<? super S, ? super TemporaryIds, ? extends S> function) {
    return new IdAwareCommand<>(name, function, TemporaryIds.none());
  }

  /**
   * Makes one command of several, which takes effect as a whole or not at all.
   *
   * @param <S> the type of the state
   * @param name the name
   * @param commands what to do, in order; at least one. It can be stored if all of them can
   * @return the batch
   * @throws IllegalArgumentException if there is no command
   */
  static <S> Command<S> batch(String name, List<? extends Command<S>> commands) {
    return new BatchCommand<>(Objects.requireNonNull(name, "name"), List.copyOf(commands));
  }
}
