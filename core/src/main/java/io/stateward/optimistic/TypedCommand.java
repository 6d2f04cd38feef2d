package io.stateward.optimistic;

import io.stateward.codec.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command of a type, which can be stored. */
final class TypedCommand<S, A> implements Command<S> {

  private final CommandType<S, A> type;
  private final A arguments;
  private volatile @Nullable Tree stored; // made once; a race makes it twice, to the same effect

  TypedCommand(CommandType<S, A> type, A arguments) {
    this.type = type;
    this.arguments = arguments;
  }

  CommandType<S, A> type() {
    return type;
  }

  A arguments() {
    return arguments;
  }

  @Override
  public S apply(S state) {
    return type.apply(state, arguments);
  }

  @Override
  public String name() {
    return type.name();
  }

  @Override
  public Command<S> remapped(TemporaryIds ids) {
    A known = type.remapped(arguments, ids);
    return known == arguments ? this : new TypedCommand<>(type, known);
  }

  /** Returns the form in which it is stored. */
  Tree stored() {
    Tree made = stored;
    if (made == null) {
      made = Enclosed.tree(type.codec(), "arguments", arguments).plus("type", type.name());
      stored = made;
    }
    return made;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TypedCommand<?, ?> that
        && that.type == type
        && that.arguments.equals(arguments);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type.name(), arguments);
  }

  @Override
  public String toString() {
    return type.name() + "(" + arguments + ")";
  }
}
