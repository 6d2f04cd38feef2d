package io.stateward.optimistic;

import io.stateward.codec.Codec;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A kind of command: its name, how its arguments are encoded, and what it does with them.
 *
 * <pre>{@code
 * static final CommandType<Board, Move> MOVE =
 *     CommandType.of("card/move", MOVE_CODEC, (board, move) -> board.moved(move.card(), move.to()));
 *
 * board.mutate(MOVE.with(new Move(7, DONE)), plan);
 * }</pre>
 *
 * <p>A command of a type can be written down and executed by another process, and by a later
 * version of the application. So a name, once used, keeps its meaning.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @param <A> the type of the arguments; immutable, for example a record
 * @since 0.1
 */
public final class CommandType<S, A> {

  private final String name;
  private final Codec<A> arguments;
  private final BiFunction<? super S, ? super A, ? extends S> function;
  private final BiFunction<? super A, ? super TemporaryIds, ? extends A> remapping;

  private CommandType(
      String name,
      Codec<A> arguments,
      BiFunction<? super S, ? super A, ? extends S> function,
      BiFunction<? super A, ? super TemporaryIds, ? extends A> remapping) {
    this.name = Objects.requireNonNull(name, "name");
    this.arguments = Objects.requireNonNull(arguments, "arguments");
    this.function = Objects.requireNonNull(function, "function");
    this.remapping = Objects.requireNonNull(remapping, "remapping");
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "A command type without a name cannot be told from others. Name it, for example \"card/move\".");
    }
  }

  /**
   * Defines a type of command.
   *
   * @param <S> the type of the state
   * @param <A> the type of the arguments
   * @param name the name, not blank and unique within a store; by custom "thing/verb"
   * @param arguments encodes and decodes the arguments
   * @param function what it does; pure, see {@link Command}
   * @return the type
   * @throws IllegalArgumentException if the name is blank
   */
  public static <S, A> CommandType<S, A> of(
      String name, Codec<A> arguments, BiFunction<? super S, ? super A, ? extends S> function) {
    return new CommandType<>(name, arguments, function, (same, ids) -> same);
  }

  /**
   * Returns this type with a function that replaces temporary ids in the arguments.
   *
   * @param remapping returns the arguments with each id looked up in what is known
   * @return the type
   */
  public CommandType<S, A> remapping(
      BiFunction<? super A, ? super TemporaryIds, ? extends A> remapping) {
    return new CommandType<>(name, arguments, function, remapping);
  }

  /**
   * Returns a command of this type.
   *
   * @param arguments what it is given, each time it is executed
   * @return the command
   */
  public Command<S> with(A arguments) {
    return new TypedCommand<>(this, Objects.requireNonNull(arguments, "arguments"));
  }

  /**
   * Returns the name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns how the arguments are encoded.
   *
   * @return the codec
   */
  public Codec<A> codec() {
    return arguments;
  }

  /**
   * Returns the arguments of a command of this type.
   *
   * @param command a command, for example one of a stored batch
   * @return the arguments; null if the command is of another type
   */
  @SuppressWarnings("unchecked") // a command of this type has such arguments
  public @Nullable A argumentsOf(Command<S> command) {
    return command instanceof TypedCommand<S, ?> typed && typed.type() == this
        ? (A) typed.arguments()
        : null;
  }

  S apply(S state, A given) {
    return function.apply(state, given);
  }

  A remapped(A given, TemporaryIds ids) {
    return remapping.apply(given, ids);
  }

  @Override
  public String toString() {
    return "CommandType[" + name + "]";
  }
}
